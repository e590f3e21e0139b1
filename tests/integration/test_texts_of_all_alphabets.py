"""Names and texts of all planes of Unicode on their whole way: desk or file, database, page, search and feed.

The same examples each time, so that a run says the same on every machine.
"""

import unicodedata
from html import escape
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.tables import UNSTORABLE
from comparisons.services.find.exact_names import tools_named
from reviews.models import Answer, Revision, Tool, Verdict
from reviews.models.text_cleaning import clean_name, clean_text, name_key
from reviews.models.validators import validate_slug, validate_slug_leaves_vs_alone
from reviews.services.naming.name_slugs import slug_of_name
from tests.conftest import SAME_ORIGIN
from tests.factories import PUBLISHED_AT, make_category, make_panel, make_tool
from tests.integration.test_admin import form_of
from tests.integration.test_files import exported, imported, problems

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PIECES = (
    "Kit", " ", "  ", "\u00a0", "\u3000", "\t", "\r\n", "\n\n\n", "\u2028", "\x00", "\x1f", "\x7f",
    "\x85", "\ufffe", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u2066", "\u2069", "\u00ad",
    "\ufeff", "\ufe0f", "e\u0301", "\u0301", "\u0345", "q\u0323\u0307", "Å", "\u212b", "ﬁ", "ß", "İ", "ı",
    "ł", "Ǆ", "ŉ", "C++", "C#", "3.5", "_", "'", '"', "<b>&amp;", "{{ x }}", "%s", "=1+1", "vs", "深度", "ｶﾞ",
    "ガ", "か\u3099", "한글", "\u1112\u1161", "العربية", "ﷺ", "עברית", "हिन्दी", "ไทย", "Яндекс", "Ελλάς",
    "𝔘𝔫𝔦", "𐍈", "𠀋", "👩\u200d💻", "❤\ufe0f\u200d🔥", "🇪🇺", "1\ufe0f\u20e3", "👍🏽", "١٢", "½",
    "\U0001f3f4\U000e0067\U000e007f", "\U000e0101", "\U000f0000", "\U0010ffff",
)  # fmt: skip
ANY_CHARACTER = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(st.sampled_from(PIECES) | ANY_CHARACTER, min_size=1, max_size=9).map("".join)

SAME_EACH_TIME = settings(
    derandomize=True,
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking what takes a dozen pages each time takes too long
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def reader():
    return Client(headers=SAME_ORIGIN)


def find_everywhere(reader, tool):
    """Fail unless the page shows the published tool, and search, suggestions and feed answer."""
    page = reader.get(f"/tools/{tool.slug}/")
    assert page.status_code == 200
    assert escape(tool.name) in page.content.decode()
    assert escape(tool.tagline) in page.content.decode()
    for line in tool.description.split("\n"):
        assert escape(line) in page.content.decode()
    for path in ("/search/", "/search/suggestions/", "/tools/", "/compare/"):
        assert reader.get(f"{path}?q={quote(tool.name)}").status_code == 200
    assert tools_named(texts=[tool.name]) == {tool.name: tool}
    found = reader.get("/search/", {"q": f"{tool.name} vs {tool.name}"})
    assert found.status_code == 200
    feed = reader.get(f"/feeds/tools/{tool.slug}.atom")
    assert tool.name in "".join(ElementTree.fromstring(feed.content).itertext())


@SAME_EACH_TIME
@given(name=TEXTS, tagline=TEXTS, description=TEXTS)
def test_what_is_typed_at_the_desk_is_cleaned_stored_shown_and_found(
    admin_client, reader, name, tagline, description
):
    # A form's NUL is shown as what it is, no character, before any field reads it: `http/null_characters.py`.
    name, tagline, description = (text.replace("\0", "\ufffd") for text in (name, tagline, description))
    Tool.objects.all().delete()
    page = admin_client.get("/admin/reviews/tool/add/")
    typed = {"name": name, "tagline": tagline, "description": description}
    data = form_of(page) | typed | {"kind": "model", "category": make_category().pk}
    answer = admin_client.post("/admin/reviews/tool/add/", data)
    wanted = {
        "name": clean_name(name),
        "tagline": clean_name(tagline),
        "description": clean_text(description),
    }
    empty = {field for field, text in wanted.items() if not text}
    asks_for_address = {"slug"} if wanted["name"] and not slug_of_name(name) else set()
    if empty | asks_for_address:
        assert set(answer.context["adminform"].form.errors) == empty | asks_for_address
        if empty:
            return
        answer = admin_client.post("/admin/reviews/tool/add/", data | {"slug": "given"})
    assert answer.status_code == 302
    tool = Tool.objects.get()
    assert {field: getattr(tool, field) for field in wanted} == wanted
    validate_slug(tool.slug)
    validate_slug_leaves_vs_alone(tool.slug)
    for same in (unicodedata.normalize("NFD", name), f"\u200b{name}\u00a0", name_key(name)):
        again = admin_client.post("/admin/reviews/tool/add/", data | {"name": same, "slug": "other"})
        assert "of this name already" in str(again.context["adminform"].form.errors["name"])
    Tool.objects.update(status="published", published_at=PUBLISHED_AT)
    find_everywhere(reader, Tool.objects.select_related("category").get())


def written(form, columns, row):
    """Return the text of a file of one row, as an upload is read."""
    return FORMATS[form].decode(FORMATS[form].write(columns, [row]))[0]


@SAME_EACH_TIME
@given(name=TEXTS, tagline=TEXTS, body=TEXTS, answer=TEXTS, form=st.sampled_from(sorted(FORMATS)))
def test_what_a_file_brings_is_cleaned_stored_shown_and_found(reader, name, tagline, body, answer, form):
    assume(all(map(clean_text, (name, tagline, body))))
    texts = [UNSTORABLE.sub("", text) for text in (name, tagline, body, answer)]
    name, tagline, body, answer = texts
    Tool.objects.all().delete()
    make_panel()
    category = make_category().slug
    tool_row = ["odd", name, category, "model", tagline, body, "published", PUBLISHED_AT.isoformat()]
    tool_columns = ["slug", "name", "category", "kind", "tagline", "description", "status", "published_at"]
    file = written(form, tool_columns, tool_row)
    assert problems(imported("tools", file, form, may_be_incomplete=True)) == []
    verdict_columns = ["tool", "reviewer", "decision", "reviewed_on", "body", "answer_1"]
    file = written(form, verdict_columns, ["odd", "builder", "skip", "2026-01-04", body, answer])
    assert problems(imported("verdicts", file, form)) == []
    tool = Tool.objects.select_related("category").get()
    assert (tool.name, tool.tagline, tool.description) == (
        clean_name(name),
        clean_name(tagline),
        clean_text(body),
    )
    assert Verdict.objects.get().body == clean_text(body)
    assert [each.text for each in Answer.objects.all()] == [clean_text(answer)] * bool(clean_text(answer))
    revisions = Revision.objects.count()
    for kind in ("tools", "verdicts"):
        report = imported(kind, exported(kind, form), form)
        assert (problems(report), report.changes) == ([], [])
    assert Revision.objects.count() == revisions
    find_everywhere(reader, tool)


@SAME_EACH_TIME
@given(typed=TEXTS)
def test_a_search_for_anything_answers(reader, typed):
    if not Tool.objects.exists():
        make_tool("Kit 深度 العربية", "ship 80, skip 40, ship, ship", slug="kit")
    for path in ("/search/", "/search/suggestions/", "/tools/", "/compare/", "/compare/pick/"):
        assert reader.get(path, {"q": typed, "tool": typed}).status_code in (200, 302)
