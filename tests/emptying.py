"""Empties the database after a test that committed, at the price of what the test wrote.

Django truncates every table, written or not, and lays out anew what an empty database starts with
(rights, methods, guides): nearly a second each time. What is left behind here is the same. The
first time of a process is Django's own; it is photographed, and from then on only the rows beyond
the photograph go. A test that changed a row of the photograph, or the tables themselves, is
cleaned up by Django again.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

_django_teardown = TransactionTestCase._fixture_teardown
# Tables, sequences and indexes are others after a migration went back and forth.
SHAPE = """
    SELECT array_agg((oid, relnatts)::text ORDER BY oid)
    FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
"""
IS_MIGHTY = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


@dataclass(frozen=True)
class Photograph:
    """An emptied database: its tables, their shape, and the rows it starts with, by table."""

    tables: tuple[str, ...]
    shape: object
    standard: dict[str, str]

    @property
    def locked(self) -> str:
        """Waits for whoever still writes, as TRUNCATE does."""
        return f"LOCK TABLE {', '.join(map(_quoted, self.tables))} IN ACCESS EXCLUSIVE MODE"

    @property
    def written(self) -> str:
        """Asks which tables hold rows."""
        return " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM {_quoted(table)})" for table in self.tables
        )


_photographs: dict[str, Photograph] = {}


def install() -> None:
    """From now on tests that commit are followed by `empty`."""
    TransactionTestCase._fixture_teardown = empty


def empty(test_case: TransactionTestCase) -> None:
    """Leaves the database as Django's own flush leaves it."""
    if _is_special(test_case):
        _django_teardown(test_case)
        return
    taken = _photographs.get(connection.settings_dict["NAME"])
    if taken is None or not _removed(taken):
        _django_teardown(test_case)
        _take()


def _is_special(test_case: TransactionTestCase) -> bool:
    """Whether the test wants Django's other ways of leaving a database."""
    return bool(
        test_case.serialized_rollback
        or test_case.available_apps is not None
        or set(test_case.databases) != {"default"}
    )


def _take() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(IS_MIGHTY)
        if not cursor.fetchone()[0]:
            return  # triggers and foreign keys cannot be passed over: Django's way, always
        tables = connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        empty_one = Photograph(tuple(tables), _shape(cursor), {})
        cursor.execute(empty_one.written)
        standard = {table: _print(cursor, table) for (table,) in cursor.fetchall()}
    name = connection.settings_dict["NAME"]
    _photographs[name] = Photograph(empty_one.tables, empty_one.shape, standard)


@transaction.atomic
def _removed(taken: Photograph) -> bool:
    """Takes away what is beyond the photograph; False where that is not enough."""
    with connection.cursor() as cursor:
        if _shape(cursor) != taken.shape:
            return False
        cursor.execute(taken.locked)
        cursor.execute(taken.written)
        written = {table for (table,) in cursor.fetchall()}
        if any(_print(cursor, table) != was for table, was in taken.standard.items()):
            return False
        # Append-only tables refuse a DELETE, and keys would ask for an order.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in written - set(taken.standard):
            cursor.execute(f"DELETE FROM {_quoted(table)}")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    return True


def _shape(cursor: CursorWrapper) -> object:
    cursor.execute(SHAPE)
    return cursor.fetchone()[0]


def _print(cursor: CursorWrapper, table: str) -> str:
    cursor.execute(
        "SELECT md5(coalesce(string_agg(r::text, chr(10) ORDER BY r::text), ''))"
        f" FROM {_quoted(table)} AS r"
    )
    return str(cursor.fetchone()[0])


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)
