"""CSV, JSON and YAML: what is written is read again, and bad files are refused with a sentence."""

import csv
import json
from io import StringIO
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comparisons.desk.files.days import with_iso_days
from comparisons.desk.files.decoding import decode
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.messages import NOT_A_TABLE, NOT_PLAIN
from comparisons.desk.files.tables import Unreadable


def read(form, text):
    return FORMATS[form].read(text)


def refusal(form, text):
    with pytest.raises(Unreadable) as raised:
        read(form, text)
    problem = raised.value.problem
    return (problem.row, problem.column, problem.sentence)


@pytest.mark.parametrize("form", FORMATS)
@given(rows=st.lists(st.tuples(st.text(), st.text()), max_size=4))
@example(rows=[("=1+1", "'=1+1"), ("''-", "'"), ("\t'", "'\r")])
@example(rows=[("\x85", "\r\n"), ("\u2028 ", "null")])
def test_every_format_reads_what_it_wrote(form, rows):
    written = FORMATS[form].write(["one", "two"], [list(row) for row in rows])
    # CSV has blank rows, which are skipped. A tab or line end at the start is escaped, so it isn't blank.
    kept = [
        row
        for row in rows
        if form != "csv" or any(cell.strip() or cell.startswith(("\t", "\r", "\n")) for cell in row)
    ]
    assert [tuple(row.values()) for row in read(form, written).rows] == kept


@given(marks=st.text("'=+-@\t\r\n x", max_size=6))
def test_no_csv_cell_begins_like_a_formula(marks):
    written = FORMATS["csv"].write(["one"], [[marks]])
    ((cell,),) = list(csv.reader(StringIO(written, newline="")))[1:]
    assert cell[:1] not in tuple("=+-@\t\r\n")
    assert read("csv", written).rows == ([{"one": marks}] if cell.strip() else [])


def test_only_texts_like_a_formula_get_an_apostrophe():
    written = FORMATS["csv"].write(["a", "b", "c", "d"], [["=1+1", "'=1", "'tis", 84]])
    assert written == "a,b,c,d\r\n'=1+1,''=1,'tis,84\r\n"
    assert read("csv", "a,b\n=1+1,-5").rows == [{"a": "=1+1", "b": "-5"}]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (
            "json",
            '[{"slug": "alpha", "tagline": "T1", "maker": "V1"}, {"slug": "beta", "maker": "V2", '
            '"tagline": "T2"}]',
        ),
        ("yaml", "- {slug: alpha, tagline: T1, maker: V1}\n- {slug: beta, maker: V2, tagline: T2}"),
    ],
)
def test_a_row_is_read_by_its_keys_and_not_by_their_order(form, text):
    assert read(form, text).rows[1] == {"slug": "beta", "tagline": "T2", "maker": "V2"}


@pytest.mark.parametrize(
    ("form", "text"), [("json", '[{"b": 1}, {"c": 2, "b": 3}, {}]'), ("yaml", "- b: 1\n- {c: 2, b: 3}\n- {}")]
)
def test_headings_are_those_of_all_rows_together(form, text):
    table = read(form, text)
    assert table.headings == ["b", "c"]
    assert table.rows == [{"b": "1"}, {"c": "2", "b": "3"}, {}]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", '[{"a": 3.10, "b": null, "c": true, "d": 1e400, "e": "no"}]'),
        ("yaml", '- {a: 3.10, b: ~, c: true, d: 1e400, "e": no}'),
    ],
)
def test_a_cell_is_the_text_that_was_written(form, text):
    assert read(form, text).rows == [{"a": "3.10", "b": "", "c": "true", "d": "1e400", "e": "no"}]


@pytest.mark.parametrize(
    ("form", "text"), [("csv", "slug , maker\nalpha, V"), ("json", '[{"slug ": "alpha", " maker": " V"}]')]
)
def test_blanks_around_a_heading_are_not_part_of_it(form, text):
    table = read(form, text)
    assert table.headings == ["slug", "maker"]
    assert table.rows == [{"slug": "alpha", "maker": " V"}]


def test_yaml_tells_null_from_the_quoted_word_and_reads_no_dates():
    assert read("yaml", '- {a: "null", b: null, c: 2026-11-22, d: 12:30:00}').rows == [
        {"a": "null", "b": "", "c": "2026-11-22", "d": "12:30:00"}
    ]


@pytest.mark.parametrize(
    ("form", "text", "told"),
    [
        ("json", '{"slug": "alpha"}', (0, "", NOT_A_TABLE)),
        ("json", "3", (0, "", NOT_A_TABLE)),
        ("json", '[{"slug": "alpha"}, ["beta"]]', (2, "", NOT_A_TABLE)),
        ("json", '[{"slug": "alpha"}, {"slug": ["beta"]}]', (2, "slug", NOT_PLAIN)),
        ("json", '[{"slug": {"a": "b"}}]', (1, "slug", NOT_PLAIN)),
        ("json", '[{"slug": "alpha", "slug": "beta"}]', (1, "slug", "This column stands twice in the row.")),
        ("json", '[{"slug": "alpha", " slug": "beta"}]', (1, "slug", "This column stands twice in the row.")),
        ("json", "[" * 100_000, (0, "", NOT_A_TABLE)),
        ("yaml", "", (0, "", NOT_A_TABLE)),
        ("yaml", "slug: alpha", (0, "", NOT_A_TABLE)),
        ("yaml", "- slug: alpha\n- beta", (2, "", NOT_A_TABLE)),
        ("yaml", "- slug: alpha\n- slug: [beta]", (2, "slug", NOT_PLAIN)),
        ("yaml", "- slug: {a: b}", (1, "slug", NOT_PLAIN)),
        ("yaml", "- ? [a]\n  : b", (1, "", NOT_A_TABLE)),
        ("yaml", "- slug: alpha\n  slug: beta", (1, "slug", "This column stands twice in the row.")),
        ("yaml", "- slug: alpha\n---\n- slug: beta", (0, "", NOT_A_TABLE)),
        ("yaml", "[" * 100_000, (1, "", NOT_A_TABLE)),
        ("csv", "", (0, "", "The file is empty: its first row names the columns.")),
        ("csv", "slug,name,slug\nalpha,Alpha,beta", (0, "slug", "This column stands twice in the file.")),
        ("csv", "slug,name, slug", (0, "slug", "This column stands twice in the file.")),
        ("csv", "slug,,name\n,, \nalpha,x,Alpha", (3, "", "Column 2 has no heading.")),
        ("csv", "slug,name\nalpha,Alpha\n\nbeta,Beta,3", (4, "", "There are 3 cells under 2 headings.")),
    ],
)
def test_a_file_that_is_no_table_of_plain_cells_is_refused_with_its_place(form, text, told):
    assert refusal(form, text) == told


@pytest.mark.parametrize(
    ("text", "row", "line"),
    [
        ('slug,name\n\nalpha,"Two\nlines"\nbeta,"Open\ngamma,Gamma\n', 4, 5),
        ('slug,name\nalpha,"Alpha\nbeta,"Beta",\n', 2, 2),
        ('slug,name\nalpha,"Alpha" and more\n', 2, 2),
        ('slug,"name\nalpha,Alpha\n', 1, 1),
        (f'slug,name\nalpha,"Open\n{"beta,Beta" * 20}\n' * 1000, 2, 2),
        (f'slug,name\nalpha,"Open\n{"beta,Beta" * 20_000}', 2, 2),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_refused_with_its_line(text, row, line):
    place, _, sentence = refusal("csv", text)
    assert place == row
    assert sentence.startswith(f"In the row that begins on line {line}, a quotation mark is opened and not")


def test_rows_of_csv_are_counted_as_a_spreadsheet_counts_them():
    table = read("csv", 'slug,name\nalpha,"Two\nlines"\n\nbeta,Beta\n')
    assert [(number, row["slug"]) for number, row in table.numbered()] == [(2, "alpha"), (4, "beta")]
    assert read("yaml", "- slug: alpha").numbers == range(1, 2)


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("json", "{", "This can't be read as JSON: Expecting"),
        ("yaml", "- a: 'b\n- c", "This can't be read as YAML: found unexpected end of stream, line 2."),
        ("yaml", "- a: \x01", "This can't be read as YAML: "),
        ("csv", f'slug\n"{"x" * 200_000}"', "This can't be read as CSV: field larger than"),
    ],
)
def test_a_broken_file_is_refused_with_the_parsers_reason(form, text, words):
    assert refusal(form, text)[2].startswith(words)


BOMB = "- &a {x: lol}\n" + "\n".join(
    f"- &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    "text", [BOMB, "- {x: &a lol, y: b}", "- {x: *a}", "- &a\n  x: lol\n- *a", "- {<<: *a}"]
)
def test_yaml_with_anchors_or_aliases_is_refused(text):
    assert refusal("yaml", text)[2].startswith("Line 1 has an anchor or an alias")


@pytest.mark.parametrize("text", ["- {x: !!binary YQ==}", "- !!python/object:os.system {x: y}", "- {x: ! y}"])
def test_yaml_with_tags_is_refused(text):
    assert refusal("yaml", text)[2].startswith("Line 1 has a tag")


ROWS = [{"slug": "alpha", "name": "A, b; c"}]


@pytest.mark.parametrize(
    "text",
    [
        'slug,name\nalpha,"A, b; c"',
        'slug;name\r\nalpha;"A, b; c"\r\n',
        "slug\tname\nalpha\tA, b; c",
        'sep=;\r\nslug;name\r\nalpha;"A, b; c"',
        'SEP=,\nslug,name\nalpha,"A, b; c"',
        '"slug";"name"\n"alpha";"A, b; c"',
    ],
)
def test_the_separator_is_told_by_the_file_or_by_its_headings(text):
    table = read("csv", text)
    assert table.rows == ROWS
    assert list(table.numbers) == [2]


def test_blank_rows_and_nameless_empty_columns_are_left_out():
    table = read("csv", "slug,name,,\n,,,\nalpha,Alpha,, \n , ,,\nbeta,Beta,,,,")
    assert table.headings == ["slug", "name"]
    assert table.rows == [{"slug": "alpha", "name": "Alpha"}, {"slug": "beta", "name": "Beta"}]
    assert list(table.numbers) == [3, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_or_without_its_mark(encoding):
    assert decode("slug,name\nalpha,Café".encode(encoding)) == ("slug,name\nalpha,Café", [])


def test_windows_1252_is_read_with_a_note_that_shows_a_name():
    text, notes = decode("slug,name\nalpha,Café Größe €\n".encode("cp1252"))
    assert text == "slug,name\nalpha,Café Größe €\n"
    assert "read as Windows-1252: is “Café Größe €” right?" in notes[0]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"caf\xe9 \x81"])
def test_what_is_in_no_known_encoding_is_refused(content):
    with pytest.raises(UnicodeDecodeError):
        decode(content)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["22/11/2026", "03/04/2026"], ["2026-11-22", "2026-04-03"]),
        (["11/22/2026", "03/04/2026"], ["2026-11-22", "2026-03-04"]),
        (["3.4.2026", ""], ["2026-04-03", ""]),
        (["2026/4/3", "soon"], ["2026-04-03", "soon"]),
        (["03/04/2026", "05/05/2026"], ["03/04/2026", "2026-05-05"]),
        (["22/11/2026", "11/22/2026"], ["22/11/2026", "11/22/2026"]),
        (["22-11-2026 9:05", "2026-11-22"], ["2026-11-22 09:05", "2026-11-22"]),
        (["22.11/2026", "22.11.26"], ["22.11/2026", "22.11.26"]),
    ],
)
def test_days_of_spreadsheets_are_understood_where_the_file_leaves_no_doubt(cells, days):
    table = read("json", json.dumps([{"day": cell, "name": cell} for cell in cells]))
    found, _ = with_iso_days(table, ["day"])
    assert [row["day"] for row in found.rows] == days
    assert [row["name"] for row in found.rows] == cells


def test_an_editor_is_told_in_which_order_days_were_read():
    table = read("csv", "day\n11/22/2026")
    assert with_iso_days(table, ["day"])[1] == ["Days such as 11/22/2026 were read with the month first."]
    assert with_iso_days(read("csv", "day\n2026-11-22"), ["day"])[1] == []
