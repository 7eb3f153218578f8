"""Uploads that break off, overlap or are left alone: what stays of them, and for how long."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as speed
from hypothesis import strategies as st

from cop_platform.common import periodic
from materials import tasks
from materials.domain import incoming, store
from materials.models import IncomingFile
from tests import factories as make
from tests.materials import files
from tests.materials.sending import ready

pytestmark = pytest.mark.django_db


class Broken(BytesIO):
    """A connection that is cut after some bytes."""

    def __init__(self, data: bytes, after: int) -> None:
        super().__init__(data[:after])

    def read(self, size: int = -1, /) -> bytes:
        if got := super().read(size):
            return got
        raise OSError("the connection is gone")


def test_a_broken_connection_keeps_what_came(author):
    data = files.pdf(3)
    row = incoming.announce(name="a.pdf", size=len(data), by=author, at=make.NOW)
    cut = Broken(data, 123)
    came = incoming.append(incoming=row, offset=0, body=cut, length=len(data), at=make.NOW)
    assert came == 123
    rest = data[123:]
    incoming.append(incoming=row, offset=123, body=BytesIO(rest), length=len(rest), at=make.NOW)
    assert store.incoming_path(row.key).read_bytes() == data
    assert row.is_ready


@speed(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(1, 400), st.integers(0, 400)), max_size=8))
def test_wherever_it_breaks_the_bytes_are_the_same_in_the_end(author, cuts):
    data = bytes(range(256)) * 5
    row = incoming.announce(name="a.pdf", size=len(data) + 1, by=author, at=make.NOW)
    for length, after in cuts:
        start = row.received
        part = data[start : start + length]
        body = Broken(part, min(after, len(part)))
        incoming.append(incoming=row, offset=start, body=body, length=len(part), at=make.NOW)
    rest = data[row.received :]
    body = BytesIO(rest)
    incoming.append(incoming=row, offset=row.received, body=body, length=len(rest), at=make.NOW)
    assert store.incoming_path(row.key).read_bytes() == data
    incoming.remove(incoming=row)


def test_a_piece_that_a_crash_left_unrecorded_is_written_over(author):
    data = files.pdf()
    row = incoming.announce(name="a.pdf", size=len(data), by=author, at=make.NOW)
    store.incoming_path(row.key).write_bytes(b"half a piece that no row knows")
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    assert row.is_ready


def test_two_requests_never_write_one_file_at_once(author):
    row = incoming.announce(name="a.pdf", size=100, by=author, at=make.NOW)

    class Slow(BytesIO):
        def read(self, size: int = -1, /) -> bytes:
            with pytest.raises(incoming.InUse):
                incoming.append(incoming=row, offset=0, body=BytesIO(b"x"), length=1, at=make.NOW)
            return super().read(size)

    incoming.append(incoming=row, offset=0, body=Slow(b"y" * 10), length=10, at=make.NOW)
    assert store.incoming_path(row.key).read_bytes() == b"y" * 10


def test_what_nobody_touches_is_taken_away_with_its_bytes(author):
    old, young = ready(author), ready(author)
    at = make.NOW + incoming.KEPT_FOR
    IncomingFile.objects.filter(pk=young.pk).update(touched_at=at - timedelta(hours=1))
    assert incoming.sweep(at=at + make.minutes(1)) == 1
    assert [row.key for row in IncomingFile.objects.all()] == [young.key]
    assert not store.incoming_path(old.key).exists()
    assert store.incoming_path(young.key).exists()
    tasks.sweep_incoming()
    assert "incoming files" in periodic.run_all(make.NOW)


def test_bytes_without_a_row_are_taken_away_after_a_day(author):
    import os

    stray, fresh = store.incoming_path("0" * 32), store.incoming_path("1" * 32)
    stray.parent.mkdir(parents=True, exist_ok=True)
    for path in (stray, fresh):
        path.write_bytes(b"x")
    os.utime(stray, (0, 0))
    incoming.sweep(at=make.NOW)
    assert (stray.exists(), fresh.exists()) == (False, True)
    fresh.unlink()
