"""Between two tests that commit: nothing of the first is left, and everything an empty one has."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase

from sessions.models import Method
from tests import emptying
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _photograph():
    if not emptying._photographs:
        emptying._django_teardown(TransactionTestCase(methodName="__init__"))
        emptying._take()


@pytest.fixture
def flushes(monkeypatch):
    """Django's own ways of emptying that were called."""
    found = []
    was = emptying._django_teardown
    monkeypatch.setattr(
        emptying, "_django_teardown", lambda case: (found.append(case), was(case))[0]
    )
    return found


def empty() -> None:
    emptying.empty(TransactionTestCase(methodName="__init__"))


def kept() -> dict[str, int]:
    """How many rows each table holds, empty ones left out."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return {table: rows for table, rows in found.items() if rows}


def test_what_a_test_wrote_is_gone_and_djangos_own_way_was_not_needed(flushes):
    before = kept()
    make.invitation(make.cop_session("BG"), make.person(code="BG"))
    make.version(make.material("IT"))
    assert len(kept()) > len(before) + 10
    empty()
    assert kept() == before
    assert flushes == []


def test_append_only_rows_go_too(flushes):
    session = make.cop_session("BG")
    session.title = "Another"
    session.save()
    empty()
    assert [table for table in kept() if table.endswith("event")] == []
    assert flushes == []


def test_the_keys_of_tables_are_looked_at_again_afterwards():
    make.cop_session("BG")
    empty()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)


def test_it_leaves_what_djangos_own_flush_leaves():
    make.cop_session("BG")
    empty()
    ours = kept()
    emptying._django_teardown(TransactionTestCase(methodName="__init__"))
    assert ours == kept()


@pytest.mark.parametrize("harm", ["changed", "taken away", "added"])
def test_a_standard_row_is_as_it_was_again(flushes, harm):
    number = Method.objects.earliest("number").number
    names = sorted(Method.objects.values_list("number", "name"))
    if harm == "changed":
        Method.objects.filter(number=number).update(name="Spoilt")
    elif harm == "taken away":
        Method.objects.filter(number=number).delete()
    else:
        extra = Method.objects.get(number=number)
        extra.pk, extra.number = None, 9999
        extra.save()
    empty()
    assert sorted(Method.objects.values_list("number", "name")) == names
    assert len(flushes) == 1


def test_after_a_change_of_the_tables_it_is_djangos_way_once(flushes):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE passing (id int)")
        empty()
        assert len(flushes) == 1
        empty()
        assert len(flushes) == 1
        cursor.execute("DROP TABLE passing")


def test_it_waits_for_a_thread_that_still_writes():
    """A row that was not committed yet is not the next test's surprise."""
    wrote, before = threading.Event(), kept()

    def write() -> None:
        other = connections["default"]
        other.set_autocommit(False)
        Method.objects.filter(number=1).update(name="Late")
        wrote.set()
        _until_somebody_waits()
        other.commit()
        other.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert wrote.wait(30)
    empty()
    writer.join()
    assert kept() == before
    assert not Method.objects.filter(name="Late").exists()


def _until_somebody_waits() -> None:
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)


def test_without_the_rights_of_a_superuser_it_stays_djangos_way(flushes, monkeypatch):
    monkeypatch.setattr(emptying, "_photographs", {})
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE pg_monitor")
        emptying._take()
        cursor.execute("RESET ROLE")
    assert emptying._photographs == {}
    make.cop_session("BG")
    empty()
    assert len(flushes) == 1
