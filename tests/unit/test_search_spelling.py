"""British and American spelling, with plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.services.search.spelling import other_spellings

PAIRS = """
    quantisation/quantization optimise/optimize optimiser/optimizer optimisers/optimizers
    optimising/optimizing tokeniser/tokenizer organisations/organizations organisational/organizational
    customisable/customizable summarised/summarized systemise/systemize italicise/italicize
    analyse/analyze analyser/analyzer analysing/analyzing behaviour/behavior behavioural/behavioral
    colours/colors favourite/favorite unfavourable/unfavorable neighbourhood/neighborhood labour/labor
    centre/center centres/centers centred/centered centring/centering kilometres/kilometers fibre/fiber
    licence/license licences/licenses sublicence/sublicense defence/defense catalogue/catalog
    catalogues/catalogs dialogue/dialog analogue/analog modelling/modeling labelled/labeled
    unlabelled/unlabeled cancelled/canceled travellers/travelers programme/program programmes/programs
    grey/gray greyscale/grayscale artefact/artifact sceptical/skeptical judgement/judgment ageing/aging
    practise/practice fulfil/fulfill fulfilment/fulfillment
"""
ALONE = """
    size prize seize resize capsize maize raise praise rise arise wise otherwise pairwise exercise precise
    concise promise compromise premise enterprise advise advisable revise supervise supervised
    unsupervised surprise noise poise expertise franchise paradise merchandise advertise advertising
    treatise despise disguise cruise likewise four our hour door or for sour tour flour contour floor
    error vector tensor editor author factor her here there were more core store parameter diameter metric
    central timer rather other filling filing calling called pulled pooling fulled toll vogue rogue dog
    log blog basis this is analysis analyst visible history lies flies mistral gradio 3b c
"""


@pytest.mark.parametrize("pair", PAIRS.split())
def test_british_and_american_spellings_give_each_other(pair):
    british, american = pair.split("/")
    assert other_spellings(british) == (american,)
    assert other_spellings(american) == (british,)


@pytest.mark.parametrize("word", ALONE.split())
def test_words_with_one_spelling_have_no_other(word):
    assert other_spellings(word) == ()


@pytest.mark.parametrize(
    ("prefix", "others"),
    [
        ("optim", ()),
        ("optimis", ("optimiz",)),
        ("optimizat", ("optimisat",)),
        ("behaviou", ("behavior",)),
        ("behavio", ()),
        ("licens", ("licenc",)),
        ("licen", ()),
        ("centr", ("center",)),
        ("cente", ("centre",)),
        ("catalogu", ("catalog",)),
        ("modellin", ("modelin",)),
        ("programm", ("program",)),
        ("gre", ()),  # which may become anything
        ("sce", ()),
        ("scept", ("skeptic",)),
    ],
)
def test_a_prefix_gives_the_prefix_of_the_other_spelling(prefix, others):
    assert other_spellings(prefix, is_prefix=True) == others


@given(st.text(), st.booleans())
def test_no_word_is_given_as_its_own_other_spelling_and_none_gets_signs(word, is_prefix):
    for other in other_spellings(word, is_prefix=is_prefix):
        assert other != word
        assert set(other) - set(word) <= set("abcdefghijklmnopqrstuvwxyz")
