"""What a mistyped slug may have meant."""

import pytest

from comparisons.services.find.similar_slugs import CAREFULLY_COMPARED, similar_slugs

KNOWN = ("code-llama-4", "mistral-3b", "jax", "mlx", "smollm3", "llama-4-scout-fine-tuning-toolkit")
MANY = [f"filler-{number:04}" for number in range(3000)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mistral-3", "mistral-3b"),
        ("mistrl-3b", "mistral-3b"),
        ("msitral-3b", "mistral-3b"),
        ("code-lama-4", "code-llama-4"),
        ("cdoe-llmaa-4", "code-llama-4"),
        ("jxa", "jax"),
        ("smolm", "smollm3"),
        ("llama-scout-tuning-toolkit", "llama-4-scout-fine-tuning-toolkit"),
    ],
)
@pytest.mark.parametrize("others", [[], MANY], ids=["few", "thousands"])
def test_the_most_similar_slug_is_found_first(typed, meant, others):
    assert similar_slugs(typed=[typed], known=[*others, *KNOWN], most=6)[typed][0] == meant


@pytest.mark.parametrize("typed", ["", "-", "zzzzzz", "x" * 10_000, "\0", "אבג"])
def test_a_slug_without_likeness_finds_nothing(typed):
    assert similar_slugs(typed=[typed], known=[*MANY, *KNOWN], most=6) == {typed: []}


def test_each_has_its_own_and_no_more_than_asked_for():
    found = similar_slugs(typed=["filler-12", "jx"], known=[*MANY, *KNOWN], most=3)
    assert len(found["filler-12"]) == 3
    assert found["jx"][0] == "jax"


def test_few_slugs_are_all_compared_letter_by_letter():
    known = [f"tool-{number}" for number in range(CAREFULLY_COMPARED)]
    assert (
        len(similar_slugs(typed=["tool-x"], known=known, most=CAREFULLY_COMPARED)["tool-x"])
        == CAREFULLY_COMPARED
    )
