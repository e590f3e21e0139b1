"""CSV, JSON and YAML: what is written is read again, and bad files are refused with a sentence."""

import csv
import json
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from comparisons.desk.files import csv_format, xlsx_format
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


TEXTS = st.text(st.characters(codec="utf-8"))


@pytest.mark.parametrize("form", FORMATS)
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
@example(rows=[("=1+1", "'=1+1"), ("''-", "'"), ("\t'", "'\r")])
@example(rows=[("_x000D_", "_x005F_x0041_"), ("#N/A", "2026-01-04"), ("\x0b", "\uffff")])
@example(rows=[("\x85", "\r\n"), ("\u2028 ", "null")])
def test_every_format_reads_what_it_wrote(form, rows):
    written = FORMATS[form].write(["one", "two"], [list(row) for row in rows])
    text, notes = FORMATS[form].decode(written)
    # CSV has blank rows, which are skipped. A tab or line end at the start is escaped, so it isn't blank.
    kept = [
        row
        for row in rows
        if form not in ("csv", "xlsx")
        or any(cell.strip() or cell.startswith(("\t", "\r", "\n")) for cell in row)
    ]
    assert [tuple(row.values()) for row in read(form, text).rows] == kept
    assert notes == []


@given(marks=st.text("'=+-@\t\r\n x", max_size=6))
def test_no_csv_cell_begins_like_a_formula(marks):
    written = csv_format.write(["one"], [[marks]])
    ((cell,),) = list(csv.reader(StringIO(written, newline="")))[1:]
    assert cell[:1] not in tuple("=+-@\t\r\n")
    assert read("csv", written).rows == ([{"one": marks}] if cell.strip() else [])


def test_only_texts_like_a_formula_get_an_apostrophe():
    written = csv_format.write(["a", "b", "c", "d"], [["=1+1", "'=1", "'tis", 84]])
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
    with pytest.raises(Unreadable, match="not text in UTF-8"):
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


# --- Workbooks ----------------------------------------------------------------------------------------------


def workbook(*rows, **options):
    """Return the bytes of a workbook as another program may write it: `change` is given its first sheet."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if "change" in options:
        options["change"](sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def decoded(content):
    text, notes = xlsx_format.decode(content)
    return read("xlsx", text), notes


def test_cells_of_a_workbook_are_read_as_what_they_show():
    table, notes = decoded(
        workbook(
            ["a", "b", "c", "d", "e", "f", "g", "h"],
            [84, 84.0, 0.1 + 0.2, True, date(2026, 11, 22), datetime(2026, 11, 22, 9, 30), "0084", 1e21],
        )
    )
    (row,) = table.rows
    assert list(row.values()) == [
        "84",
        "84",
        "0.3",
        "true",
        "2026-11-22",
        "2026-11-22 09:30:00",
        "0084",
        "1000000000000000000000",
    ]
    assert notes == []


def test_rows_of_a_workbook_are_counted_as_the_spreadsheet_counts_them():
    content = workbook([], ["slug", None, "name"], [None], ["alpha", None, "A;b;c;d"], [" "], ["beta"])
    table, _ = decoded(content)
    assert table.headings == ["slug", "name"]
    assert list(table.numbered()) == [
        (4, {"slug": "alpha", "name": "A;b;c;d"}),
        (6, {"slug": "beta", "name": ""}),
    ]


def test_a_sheet_that_claims_a_wrong_size_is_read_as_it_is():
    content = workbook(["slug"], ["alpha"])
    for claimed in (b"A1:A1", b"A1:XFD1048576"):
        changed = repacked(content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"A1:A2", claimed))  # noqa: B023
        assert decoded(changed)[0].rows == [{"slug": "alpha"}]


def repacked(content, name, change):
    """Return a workbook with one of its files changed."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for member in source.namelist():
            data = source.read(member)
            target.writestr(member, change(data) if member == name else data)
    return file.getvalue()


def refused(content):
    with pytest.raises(Unreadable) as raised:
        xlsx_format.decode(content)
    return str(raised.value)


def test_a_formula_counts_with_its_stored_result_and_is_never_run():
    content = workbook(["slug", "score"], ["alpha", "=40+2"], ["beta", "=HYPERLINK(1)"])
    assert refused(content).startswith("These cells hold a formula without its result: B2, B3. Open")
    with_results = repacked(
        content,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v />", b"<v>41</v>").replace(b"<v></v>", b"<v>41</v>"),
    )
    assert [row["score"] for row in decoded(with_results)[0].rows] == ["41", "41"]


def test_a_cell_with_an_error_is_refused_with_its_place():
    assert refused(workbook(["slug", "score"], ["alpha", "#REF!"])).startswith(
        "Cell B2 shows the error #REF!"
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "#N/A", "'=1", "\t=1"])
def test_a_text_is_written_as_text_whatever_it_begins_with(text):
    content = xlsx_format.write(["one"], [[text]])
    cell = load_workbook(BytesIO(content)).active["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix or text == "#N/A"
    assert decoded(content)[0].rows == [{"one": text}]


def test_only_the_first_visible_sheet_is_read_and_the_editor_is_told():
    def add_sheets(sheet):
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("Tools").append(["slug"])
        sheet.parent.create_sheet("Old")

    table, notes = decoded(workbook(["secret"], change=add_sheets))
    assert table.headings == ["slug"]
    assert notes == ["Only the first sheet, “Tools”, was read, and not: Old."]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    monkeypatch.setattr("comparisons.desk.files.xlsx_format.load_workbook", lambda *args, **options: 1 / 0)
    assert len(bomb.getvalue()) < 100_000
    assert refused(bomb.getvalue()).startswith("This workbook unpacks to more than 50 MB.")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="99999999999"><c r="A99999999999" t="inlineStr"><is><t>x</t></is></c></row>',
        "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(2, 200)),
    ],
)
def test_a_sheet_that_reaches_too_far_is_refused(rows):
    content = repacked(
        workbook(["slug"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", f"{rows}</sheetData>".encode()),
    )
    assert refused(content).startswith("The sheet reaches over more than 2,000,000 cells.")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_declares_entities_is_refused(part):
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">]>'
    content = repacked(workbook(["slug"]), part, lambda xml: entity + xml.replace(b"slug", b"&a;"))
    assert refused(content).startswith("This workbook is broken or made in a way that is not understood")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"slug,name", "This is no XLSX workbook"),
        (b"PK\x03\x04" + b"x" * 40, "This is no XLSX workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "This is an older workbook (.xls), or one with a password"),
        (
            repacked(workbook(["slug"]), "xl/worksheets/sheet1.xml", lambda xml: xml[:200]),
            "This workbook is broken",
        ),
        (
            repacked(workbook(["slug"]), "[Content_Types].xml", lambda xml: b"<x/>"),
            "This workbook is broken",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(content, sentence):
    assert refused(content).startswith(sentence)
