"""An import checks without a lock and writes in short batches: votes and other editors get in between."""

from itertools import pairwise
from threading import Event, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comparisons.desk.files import background, writing
from comparisons.desk.files.imports import import_rows
from comparisons.desk.files.report import ImportReport
from comparisons.models import ImportedRevision, ImportRun
from reviews.models import Revision, Tool, VoteTally
from reviews.services.editing import history
from reviews.services.voting.cast import cast
from tests.concurrency import run_in_threads
from tests.factories import make_category, make_panel, make_tool

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _machine_is_quick(monkeypatch):
    monkeypatch.setattr(writing, "SECONDS_PER_BATCH", 60)


WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN", "SAVEPOINT")


def file_of(number, tagline="T1"):
    rows = [f"tool-{index},{tagline}" for index in range(number)]
    return "\n".join(["slug,tagline", *rows])


def steps_of(text, *, write=True, **options):
    return import_rows(kind="tools", format="csv", text=text, by="ada", is_dry_run=not write, **options)


def make_tools(number):
    make_panel()
    for index in range(number):
        make_tool(f"Tool {index}")


def vote(visitor):
    """Vote in another connection, which waits for nobody."""

    def act(_):
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 0")
        tool = Tool.objects.get(slug="tool-0")
        cast(tool=tool, visitor=visitor, decision="ship", networks=(), now=timezone.now())

    run_in_threads(act, 1)


def test_a_file_is_checked_without_a_write_or_a_transaction():
    make_tools(60)
    text = file_of(60) + "\nnew,\n"
    with CaptureQueriesContext(connection) as queries:
        for _ in steps_of(text, write=False):
            assert not connection.in_atomic_block
    assert [each["sql"][:80] for each in queries if each["sql"].startswith(WRITES)] == []


def test_votes_are_taken_between_any_two_batches():
    make_tools(60)
    votes = 0
    done = [0]
    for step in steps_of(file_of(60)):
        if isinstance(step, ImportReport):
            continue
        assert not connection.in_atomic_block
        vote(f"visitor {votes}")
        votes += 1
        done.append(ImportRun.objects.get().written if ImportRun.objects.exists() else 0)
    written = [after - before for before, after in pairwise(done)]
    assert max(written) <= writing.ROWS_PER_BATCH == 25
    assert sum(written) == 60
    assert VoteTally.objects.get(tool__slug="tool-0").ships == votes >= 3
    assert Tool.objects.filter(tagline="T1").count() == 60


def test_a_batch_ends_when_its_time_is_up(monkeypatch):
    monkeypatch.setattr(writing, "SECONDS_PER_BATCH", -1)
    make_tools(5)
    written = [ImportRun.objects.get().written for step in steps_of(file_of(5)) if ImportRun.objects.exists()]
    assert written[:5] == [1, 2, 3, 4, 5]


def test_waiting_writers_of_sqlite_are_let_between_batches(monkeypatch):
    pauses = []
    monkeypatch.setattr(writing, "PAUSE_SECONDS", 0.12)
    monkeypatch.setattr(writing.time, "sleep", pauses.append)
    make_tools(60)
    list(steps_of(file_of(60)))
    assert pauses == ([0.12] * 3 if connection.vendor == "sqlite" else [])


def test_a_row_that_somebody_changed_after_the_check_stops_the_import_and_is_kept():
    make_tools(60)
    steps = steps_of(file_of(60))
    while not ImportRun.objects.exists():
        next(steps)
    Tool.objects.filter(slug="tool-30").update(tagline="Changed meanwhile")
    report = list(steps)[-1]
    assert (report.is_written, report.written) == (False, 25)
    assert report.stopped.row == 32
    assert report.stopped.sentence == "Somebody changed this after the file was checked."
    assert Tool.objects.get(slug="tool-30").tagline == "Changed meanwhile"
    assert Tool.objects.filter(tagline="T1").count() == 25
    run = ImportRun.objects.get()
    assert (run.state, run.written) == ("writing", 25)
    assert run.failure == "It stopped at row 32: Somebody changed this after the file was checked."


def test_columns_that_a_file_does_not_have_keep_what_was_entered_after_the_check():
    make_tools(2)
    steps = steps_of(file_of(2))
    original = writing.StoredRows

    def entered_meanwhile(kind, rows):
        Tool.objects.update(avoid_if="you need long chains")
        return original(kind, rows)

    # Between the check and the batch: the check reads its rows by the same name in its own module.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_is_same", lambda kind, row, before: True)
        patch.setattr(writing, "StoredRows", entered_meanwhile)
        list(steps)
    assert set(Tool.objects.values_list("tagline", "avoid_if")) == {("T1", "you need long chains")}


def test_a_crash_in_the_middle_leaves_whole_batches_and_the_same_file_brings_the_rest(monkeypatch):
    make_tools(60)
    saved = []
    original = history.save

    def crash(**values):
        saved.append(values)
        if len(saved) == 40:
            raise SystemExit
        return original(**values)

    with monkeypatch.context() as patch:
        patch.setattr(history, "save", crash)
        with pytest.raises(SystemExit):
            list(steps_of(file_of(60)))
    assert Tool.objects.filter(tagline="T1").count() == ImportRun.objects.get().written == 25
    report = list(steps_of(file_of(60)))[-1]
    assert (report.is_written, report.written) == (True, 35)
    assert Tool.objects.filter(tagline="T1").count() == 60
    assert Revision.objects.filter(action="changed").count() == 60


def test_every_change_of_an_import_is_noted_with_its_run():
    make_tools(3)
    make_category("Garden")
    text = "slug,category,maker\n" + "".join(f"tool-{index},garden,Ada Ltd\n" for index in range(3))
    before = Revision.objects.count()
    assert list(steps_of(text))[-1].is_written
    noted = set(ImportedRevision.objects.values_list("revision", flat=True))
    assert noted == set(Revision.objects.order_by("pk")[before:].values_list("pk", flat=True))
    assert Revision.objects.filter(pk__in=noted, model="reviews.fact").count() >= 3
    assert ImportRun.objects.get().state == "written"


def test_what_the_database_refuses_stops_the_import_and_is_told(monkeypatch):
    make_tools(30)

    def refuse(**values):
        if values["row"].slug == "tool-27":
            raise DatabaseError("disk full")
        return original(**values)

    original = history.save
    monkeypatch.setattr(history, "save", refuse)
    report = list(steps_of(file_of(30)))[-1]
    assert (report.written, report.stopped.row, report.stopped.sentence) == (25, 29, "Refused: disk full")
    assert Tool.objects.filter(tagline="T1").count() == 25
    assert not transaction.get_connection().in_atomic_block


def test_the_desk_imports_in_a_thread_of_its_own(admin_client, monkeypatch):
    """As served: the page is answered before the work is done."""
    monkeypatch.undo()
    begun: list[Thread] = []
    may_go_on = Event()
    original = background._run

    def held(work):
        may_go_on.wait(60)
        original(work)

    def start(work):
        begun.append(Thread(target=held, args=[work]))
        begun[0].start()

    monkeypatch.setattr(background, "start", start)
    make_tools(1)
    file = SimpleUploadedFile("tools.csv", file_of(1).encode())
    response = admin_client.post(
        "/admin/files/", {"kind": "tools", "format": "csv", "file": file}, follow=True
    )
    assert "The file is being checked" in response.content.decode()
    assert response["Refresh"] == "1"
    may_go_on.set()
    begun[0].join(60)
    page = admin_client.get(response.redirect_chain[-1][0]).content.decode()
    assert "1 of 1 row would change" in page
