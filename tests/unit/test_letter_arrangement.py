"""Which news an issue tells, and what is left of a released one."""

from dataclasses import replace

from comparisons.newsletter.contents import ChangedVerdict, News, Quote, Split, ToolLine
from comparisons.newsletter.introduction import clean_introduction, paragraphs_of
from comparisons.newsletter.services.arrangement import arrange, still_true
from reviews.services.editing.verdict_changes import Judgement

QUOTE = Quote(reviewer="Builder", decision="ship", score=80, words="Words.")


def tool(number, **fields):
    values = {"name": f"Tool {number}", "path": f"/tools/{number}/", "tagline": "t", "category": "c"}
    return ToolLine(**(values | {"ships": 1, "skips": 0, "key": f"tool-{number}"} | fields))


def change(number, after=71, reason="Because."):
    before = Judgement("skip", 40)
    return ChangedVerdict(
        f"Tool {number}", "/", "Builder", before, Judgement("ship", after), reason, key=f"change-{number}"
    )


def split(number):
    return Split(tool(number), QUOTE, QUOTE, key=f"split-{number}")


NEWS = News(
    tools=tuple(tool(number) for number in range(1, 10)),
    changes=tuple(change(number) for number in range(1, 4)),
    splits=tuple(split(number) for number in range(1, 5)),
)


def keys(items):
    return [item.key for item in items]


def test_without_an_editor_the_first_items_are_told_and_the_rest_is_counted():
    contents = arrange(NEWS)
    assert keys(contents.tools) == [f"tool-{number}" for number in range(1, 7)]
    assert (contents.more_tools, contents.more_changes) == (3, 0)
    assert keys(contents.splits) == ["split-1", "split-2", "split-3"]


def test_an_item_that_is_left_out_makes_room_and_is_not_counted():
    contents = arrange(NEWS, left_out=["tool-1", "split-2"])
    assert keys(contents.tools)[0] == "tool-2"
    assert keys(contents.tools)[-1] == "tool-7"
    assert contents.more_tools == 2
    assert keys(contents.splits) == ["split-1", "split-3", "split-4"]


def test_an_editors_order_comes_first_and_unknown_keys_are_harmless():
    contents = arrange(NEWS, order=["tool-9", "gone", "tool-3"])
    assert keys(contents.tools) == ["tool-9", "tool-3", "tool-1", "tool-2", "tool-4", "tool-5"]


def test_what_is_released_stays_as_it_was():
    released = arrange(NEWS)
    later = replace(NEWS, tools=(tool(10), *(tool(number, tagline="other") for number in range(1, 10))))
    assert still_true(released, news=NEWS) == released
    told = still_true(released, news=later)
    assert told.tools == released.tools
    assert keys(told.tools) == keys(released.tools)


def test_what_is_no_news_any_more_drops_out_of_a_released_issue():
    released = arrange(NEWS, left_out=["tool-9"])
    now = replace(NEWS, tools=NEWS.tools[1:], changes=(change(1), change(2, after=40)), splits=(split(2),))
    told = still_true(released, news=now, left_out=["tool-9"])
    assert keys(told.tools) == ["tool-2", "tool-3", "tool-4", "tool-5", "tool-6"], "nothing moves up"
    assert told.more_tools == 2
    assert keys(told.changes) == ["change-1"], "one changed again or was a mistake, one is gone"
    assert keys(told.splits) == ["split-2"]


def test_a_corrected_reason_is_taken_over():
    released = arrange(NEWS)
    now = replace(NEWS, changes=(change(1, reason="The corrected reason."), *NEWS.changes[1:]))
    assert still_true(released, news=now).changes[0].reason == "The corrected reason."


def test_an_introduction_is_plain_text_in_paragraphs():
    typed = "  Hello \x00\u2028there,\r\n\r\n\r\n\r\n a second\tparagraph  \nof two lines.\r\n\r\n  "
    cleaned = clean_introduction(typed)
    assert cleaned == "Hello there,\n\na second paragraph\nof two lines."
    assert paragraphs_of(cleaned) == ["Hello there,", "a second paragraph of two lines."]
    assert clean_introduction("e\u0301 👩‍💻") == "é 👩‍💻"
    assert paragraphs_of("") == []
