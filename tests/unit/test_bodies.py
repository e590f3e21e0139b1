"""Bodies are whole, small and quick, or refused."""

import asyncio

import pytest

from comparisons.http.front_door import bodies
from comparisons.http.front_door.bodies import MOST_BYTES, MOST_UPLOAD_BYTES, body_of
from comparisons.http.front_door.refused import Refused


def read(*pieces, announced=None, may_upload=False):
    """Read a body that arrives in these pieces; a number is a pause, None the client's leaving."""
    left = list(pieces)

    async def receive():
        while isinstance(left[0], float):
            await asyncio.sleep(left.pop(0))
        piece = left.pop(0)
        return (
            {"type": "http.disconnect"}
            if piece is None
            else {"type": "http.request", "body": piece, "more_body": bool(left)}
        )

    async def run():
        async with body_of(receive, announced=announced, may_upload=may_upload) as (body, size):
            content = body.read()
            assert len(content) == size
            return content

    return asyncio.run(run())


def refusal(*pieces, **options):
    with pytest.raises(Refused) as refused:
        read(*pieces, **options)
    return refused.value.status


def test_the_pieces_of_a_body_are_joined():
    assert read(b"decision", b"", b"=ship") == b"decision=ship"
    assert read(b"") == b""
    assert read(b"x" * MOST_BYTES) == b"x" * MOST_BYTES


def test_a_body_over_the_limit_is_refused_with_and_without_a_length():
    assert refusal(b"x" * MOST_BYTES, b"x") == 413
    assert refusal(b"", announced=MOST_BYTES + 1) == 413


def test_nothing_is_read_of_a_body_that_says_it_is_too_large():
    async def receive():
        raise AssertionError("It was read.")

    async def run():
        async with body_of(receive, announced=300_000_000, may_upload=True):
            pass

    with pytest.raises(Refused):
        asyncio.run(run())


def test_the_desk_may_send_a_file():
    file = b"x" * 1_000_000
    assert read(file, file, may_upload=True) == file + file
    assert refusal(*[file] * (MOST_UPLOAD_BYTES // 1_000_000 + 1), may_upload=True) == 413


def test_only_some_files_are_taken_at_a_time(monkeypatch):
    monkeypatch.setattr(bodies, "_uploads", asyncio.Semaphore(0))
    assert refusal(b"x" * 100_000, may_upload=True) == 503
    assert read(b"x" * 1_000, may_upload=True) == b"x" * 1_000


def test_a_file_gives_its_place_back():
    for _ in range(2 * bodies.MOST_UPLOADS):
        read(b"x" * 100_000, may_upload=True)
        refusal(b"x" * 100_000, None, may_upload=True)
    assert not bodies._uploads.locked()


def test_a_body_that_arrives_too_slowly_is_refused(monkeypatch):
    monkeypatch.setattr(bodies, "FIRST_SECONDS", 0.2)
    assert refusal(*[b"x", 0.1] * 20, b"x") == 408


def test_received_bytes_extend_the_deadline_of_a_body(monkeypatch):
    monkeypatch.setattr(bodies, "FIRST_SECONDS", 0.1)
    monkeypatch.setattr(bodies, "BYTES_A_SECOND", 10)
    assert read(b"x" * 1_000, 0.3, b"x") == b"x" * 1_001


def test_a_truncated_body_is_refused():
    assert refusal(b"x", None) == 400
