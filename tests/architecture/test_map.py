"""docs/map.md equals the docstrings."""

import pytest

from tests.architecture.project_map import MAP, ROOT, first_sentence, modules, project_map


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if path.name != "__init__.py"],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_each_module_says_what_it_is_for(path):
    assert first_sentence(path).endswith(".")


def test_the_map_is_up_to_date():
    assert MAP.read_text() == project_map(), "run: make map"


def test_the_first_sentence_ends_at_its_full_stop(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('"""How votes\nare counted. Rows are the truth.\n\nMore."""\n')
    assert first_sentence(module) == "How votes are counted."
    module.write_text("x = 1\n")
    assert first_sentence(module) == ""
