"""Which module of this project imports which, read from the source: imports inside functions count too."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("reviews", "comparisons")

Graph = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Import:
    """One module that a piece of code imports."""

    module: str
    is_in_function: bool
    is_for_types: bool
    """Under `if TYPE_CHECKING:`, which never runs."""


def sources() -> dict[str, str]:
    """Return the source of every module of both apps, by dotted name; migrations left out."""
    return {
        module_name(path.relative_to(ROOT)): path.read_text()
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    }


def module_name(path: Path) -> str:
    """Return `a.b` for `a/b.py` and for `a/b/__init__.py`."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(source: str, known: Iterable[str] = ()) -> Iterator[Import]:
    """Yield what `source` imports. `from a import b` names the module `a.b` where that is one of the `known`."""
    known = set(known)
    for node, is_in_function, is_for_types in _statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in known else node.module for name in inner]
        else:
            continue
        for name in dict.fromkeys(names):
            yield Import(module=name, is_in_function=is_in_function, is_for_types=is_for_types)


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
        name: {each.module for each in imports_of(source, modules) if not each.is_for_types} & modules.keys() - {name}
        for name, source in modules.items()
    }


def package_graph(modules: Graph, packages: Iterable[str]) -> Graph:
    """Return which package imports from which. A module at the root of an app stands for itself."""
    packages = set(packages)
    graph: defaultdict[str, set[str]] = defaultdict(set)
    for name, imported in modules.items():
        graph[package_of(name, packages)] |= {package_of(each, packages) for each in imported}
    return {name: imported - {name} for name, imported in graph.items()}


def package_of(module: str, packages: set[str]) -> str:
    if module in packages:
        return module
    parent = module.rpartition(".")[0]
    return module if f"{parent}.apps" in packages or parent in APPS else parent


def reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    """Return every module that running `start` runs, through any chain; a module runs the packages around it too."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [*graph.get(name, ()), *_ancestors(name)]
    return seen - {start}


def _ancestors(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def cycles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return each group of names that import each other in a circle, in alphabetical order."""
    reach = {name: _closure(graph, name) for name in graph}
    groups = {
        tuple(sorted(other for other in reach[name] if name in reach.get(other, ()))) for name in graph if name in reach[name]
    }
    return sorted(map(list, groups))


def _closure(graph: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += graph.get(name, ())
    return seen
