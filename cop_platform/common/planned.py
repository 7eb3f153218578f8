"""Long statements that PostgreSQL plans once for a connection instead of at every visit.

A page that asks all rooms in one statement spent more time on the plan of it than on the answer.
Only values that differ from visit to visit are left open in the plan, each where it stands, so
that PostgreSQL takes it for what it is compared with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

# What is planned already, by the connection it was planned for.
_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class Open:
    """Stands among the values of a statement for one that is given with each question."""


OPEN = Open()


@dataclass(frozen=True)
class Planned:
    """A statement as psycopg writes it, with its values in their order, some of them `OPEN`."""

    sql: str
    values: tuple[Any, ...]

    def rows(self, given: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The answer with these values in place of the open ones, in their order."""
        name = self._name
        connection.ensure_connection()
        known = _planned.setdefault(connection.connection, set())
        if name not in known:
            self._plan(name)
            known.add(name)
        slots = f" ({', '.join(['%s'] * len(given))})" if given else ""
        with connection.cursor() as cursor:
            cursor.execute(f"EXECUTE {name}{slots}", list(given))
            return cursor.fetchall()

    @cached_property
    def _name(self) -> str:
        written = f"{self.sql}\n{self.values!r}".encode()
        return f"planned_{hashlib.blake2b(written, digest_size=12).hexdigest()}"

    def _plan(self, name: str) -> None:
        """Not counted among the statements of a page: it is the connection's, not the visit's."""
        with connection.connection.cursor() as cursor:
            numbers = count(1)
            written = tuple(
                f"${next(numbers)}" if value is OPEN else cursor.mogrify("%s", [value]).decode()
                for value in self.values
            )
            # One plan for all values: choosing one by them would mean planning at every visit.
            cursor.execute("SET plan_cache_mode = force_generic_plan")
            cursor.execute(f"PREPARE {name} AS {self.sql % written}")
