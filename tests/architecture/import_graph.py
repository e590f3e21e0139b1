"""Which module of this project imports which, read from the source, imports inside functions included."""

import ast
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("reviews", "comparisons")

Graph = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module."""

    module: str
    line: int
    is_in_function: bool
    is_for_types: bool
    """Under `if TYPE_CHECKING:`, which never runs."""


def sources() -> dict[str, str]:
    """Return the source of every module of both apps by dotted name, without migrations."""
    paths = chain.from_iterable(sorted((ROOT / app).rglob("*.py")) for app in APPS)
    return {
        module_name(path.relative_to(ROOT)): path.read_text()
        for path in paths
        if "migrations" not in path.parts
    }


def module_name(path: Path) -> str:
    """Return `a.b` for `a/b.py` and for `a/b/__init__.py`."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(source: str, known: Container[str] = ()) -> Iterator[Import]:
    """Yield what `source` imports; `from a import b` names `a.b` if that is one of the `known`."""
    for node, is_in_function, is_for_types in _statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in known else node.module for name in inner]
        else:
            continue
        for name in dict.fromkeys(names):
            yield Import(
                module=name, line=node.lineno, is_in_function=is_in_function, is_for_types=is_for_types
            )


def _statements(
    parent: ast.AST, is_in_function: bool = False, is_for_types: bool = False
) -> Iterator[tuple[ast.AST, bool, bool]]:
    for node in ast.iter_child_nodes(parent):
        yield node, is_in_function, is_for_types
        yield from _statements(
            node,
            is_in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef),
            is_for_types or (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")),
        )


def module_graph(modules: Mapping[str, str]) -> Graph:
    """Return which of these modules (source by name) imports which others when it runs."""
    return {
        name: {each.module for each in imports_of(source, modules) if not each.is_for_types}
        & modules.keys() - {name}
        for name, source in modules.items()
    }


def package_graph(modules: Graph) -> Graph:
    """Return which package imports from which. A module beside an app's `apps.py` stands for itself."""
    packages = {_parent(name) for name in modules}

    def package_of(name: str) -> str:
        is_alone = name in packages or f"{_parent(name)}.apps" in modules
        return name if is_alone else _parent(name)

    graph: defaultdict[str, set[str]] = defaultdict(set)
    for name, imported in modules.items():
        graph[package_of(name)] |= {package_of(other) for other in imported} - {package_of(name)}
    return dict(graph)


def _parent(name: str) -> str:
    return name.rpartition(".")[0]


def chain_into(graph: Graph, start: str, app: str) -> list[str]:
    """Return a chain of imports from the module `start` into `app`, or an empty list.

    Packages around a module run with it, so they count as imported.
    """
    chains = [[start]]
    seen = {start}
    while chains:
        chain = chains.pop(0)
        if chain[-1].split(".")[0] == app:
            return chain
        for name in sorted({*graph.get(chain[-1], ()), *_packages_around(chain[-1])} - seen):
            seen.add(name)
            chains.append([*chain, name])
    return []


def _packages_around(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def cycles(graph: Graph) -> list[list[str]]:
    """Return each group of names that import each other in a circle, in alphabetical order."""
    reached = {name: _reached_from(graph, name) for name in graph}
    groups = set()
    for name in graph:
        if name in reached[name]:
            groups.add(tuple(sorted(other for other in reached[name] if name in reached[other])))
    return sorted(map(list, groups))


def _reached_from(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += graph[name]
    return seen
