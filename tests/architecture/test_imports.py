"""Who may import whom: two floors, no circles, nothing hidden in functions, and no request in services."""

import ast
from pathlib import Path

import pytest

from tests.architecture.import_graph import (
    APPS,
    ROOT,
    chain_into,
    cycles,
    imports_of,
    module_graph,
    package_graph,
    sources,
)

SOURCES = sources()
MODULES = module_graph(SOURCES)
GROUND_FLOOR = sorted(name for name in SOURCES if name.split(".")[0] == "reviews")

IN_FUNCTIONS = {
    ("reviews.apps", "reviews.services.facts.general"),
    ("reviews.apps", "reviews.services.search.index"),
}
"""Imports inside functions that Django forces. Each has its reason in a comment above it."""

OF_REQUESTS = (
    "django.http",
    "django.shortcuts",
    "django.template",
    "django.utils.html",
    "comparisons.api",
    "comparisons.forms",
    "comparisons.http",
    "comparisons.list_forms",
    "comparisons.templatetags",
    "comparisons.views",
)
"""Modules of HTTP or HTML, which services do not import."""


def graph_of(**modules: str) -> dict[str, set[str]]:
    """Return the graph of made-up modules, given as `a__b="import c"` for the module `a.b`."""
    return module_graph({name.replace("__", "."): source for name, source in modules.items()})


def test_modules_and_their_imports_are_found():
    assert "reviews.models.choices" in MODULES["reviews.models.panel"]
    assert "reviews.services.editing.history" in MODULES["reviews.admin.revisions"]
    assert "comparisons.newsletter.models.issue" in SOURCES


@pytest.mark.parametrize("name", GROUND_FLOOR)
def test_the_ground_floor_never_reaches_the_upper_floor_through_any_chain(name):
    assert chain_into(MODULES, name, "comparisons") == []


@pytest.mark.parametrize(
    "modules",
    [
        {"reviews__a": "import comparisons.x", "comparisons__x": ""},
        {"reviews__a": "def f():\n    from comparisons import x", "comparisons__x": ""},
        {"reviews__a": "from reviews import b", "reviews__b": "import comparisons.x", "comparisons__x": ""},
        {
            "reviews__a": "import reviews.p.b",
            "reviews__p": "import comparisons.x",
            "reviews__p__b": "",
            "comparisons__x": "",
        },
    ],
    ids=["direct", "in a function", "through another module", "through the package around a module"],
)
def test_a_chain_to_the_upper_floor_is_found(modules):
    assert chain_into(graph_of(**modules), "reviews.a", "comparisons")[-1] == "comparisons.x"


def test_no_modules_import_each_other_in_a_circle():
    assert cycles(MODULES) == []


def test_no_packages_import_each_other_in_a_circle():
    assert cycles(package_graph(MODULES)) == []


def test_circles_are_found():
    circle = {"x__a__one": "import x.b.two", "x__b__two": "def f():\n    from x.a import one"}
    assert cycles(graph_of(**circle)) == [["x.a.one", "x.b.two"]]
    between_packages = {
        "x__a__one": "import x.b.two",
        "x__b__two": "",
        "x__b__three": "import x.a.four",
        "x__a__four": "",
    }
    graph = graph_of(**between_packages)
    assert cycles(graph) == []
    assert cycles(package_graph(graph)) == [["x.a", "x.b"]]


def test_imports_for_the_type_checker_alone_do_not_run():
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import x.a"
    assert cycles(graph_of(x__a="import x.b", x__b=source)) == []


def hidden_imports(sources: dict[str, str]) -> dict[tuple[str, str], bool]:
    """Return each import inside a function, and whether the line above is a comment."""
    found = {}
    for name, source in sources.items():
        lines = source.splitlines()
        for item in imports_of(source, sources):
            if item.is_in_function:
                found[name, item.module] = lines[item.line - 2].strip().startswith("#")
    return found


def test_no_import_is_hidden_in_a_function_but_those_that_django_forces():
    hidden = hidden_imports(SOURCES)
    assert hidden.keys() == IN_FUNCTIONS
    assert [pair for pair, has_reason in hidden.items() if not has_reason] == []


def test_a_hidden_import_is_found_with_and_without_its_reason():
    hidden = hidden_imports(
        {"a": "def f():\n    import b\n    # Django forces it.\n    import c", "b": "", "c": ""}
    )
    assert hidden == {("a", "b"): False, ("a", "c"): True}


def empty_packages(root: Path) -> list[str]:
    """Return the directories whose `__init__.py` holds no code and has nothing beside it."""
    return [
        str(path.parent.relative_to(root))
        for path in sorted(root.rglob("__init__.py"))
        if not ast.parse(path.read_text()).body
        and not any(other.name != "__init__.py" for other in path.parent.glob("*.py"))
        and not any(path.parent.glob("*/__init__.py"))
    ]


@pytest.mark.parametrize("app", APPS)
def test_no_package_is_empty(app):
    assert empty_packages(ROOT / app) == []


def test_an_empty_package_is_found(tmp_path):
    for name in ("full/inner", "empty"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "full/__init__.py").touch()
    (tmp_path / "full/inner/module.py").touch()
    assert empty_packages(tmp_path) == ["empty"]


def speaks_of_requests(source: str) -> list[str]:
    modules = [item.module for item in imports_of(source, SOURCES)]
    return [module for module in modules if any(f"{module}.".startswith(f"{name}.") for name in OF_REQUESTS)]


DESK_PAGES = {
    "admin_site",
    "careful_input",
    "duplicates",
    "forms",
    "kept_input",
    "previews",
    "typed_preview",
    "uncut_texts",
    "urls",
    "views",
}
"""Modules of the desk that are pages and not services."""


def is_service(name: str) -> bool:
    """Say whether this is a service: a module of `services`, or of the desk except its pages."""
    is_at_the_desk = name.startswith("comparisons.desk.") and "accounts" not in name.split(".")
    return "services" in name.split(".") or (is_at_the_desk and name.rpartition(".")[2] not in DESK_PAGES)


SERVICES = sorted(filter(is_service, SOURCES))


def test_services_are_found_however_deep_they_are():
    assert {
        "reviews.services.panel",
        "reviews.services.editing.history",
        "comparisons.newsletter.services.issues",
    } <= {*SERVICES}
    assert {"comparisons.desk.dashboard", "comparisons.desk.merging.merge"} <= {*SERVICES}
    assert "comparisons.desk.merging.views" not in SERVICES


@pytest.mark.parametrize("name", SERVICES)
def test_services_know_no_request_and_no_html(name):
    assert speaks_of_requests(SOURCES[name]) == []


@pytest.mark.parametrize(
    "line", ["from django.http import HttpRequest", "from comparisons.http import errors"]
)
def test_a_service_that_knows_a_request_is_found(line):
    assert speaks_of_requests(line)
