"""Invariant 7 at work: no statement brings what was said together with who somebody is.

with apart_sql.watched() as statements:
    client.get(page)
assert apart_sql.joined(statements) == []
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.focus_groups.models import (
    AttendanceLine,
    Consent,
    FormAnswer,
    FormResponse,
    Participant,
    Quote,
)

SAID = {model._meta.db_table for model in (Participant, Consent, Quote, FormResponse, FormAnswer)}
NAMED = {"experts_person", "experts_user", AttendanceLine._meta.db_table}
_TABLE = re.compile(r'(?:FROM|JOIN|UPDATE|INTO)\s+"(\w+)"')


@contextmanager
def watched() -> Iterator[list[str]]:
    """The statements of a block, filled when it ends."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [query["sql"] for query in captured.captured_queries]


def joined(statements: Iterable[str]) -> list[str]:
    """Those that name a table of what was said and a table of people; none may."""
    return [sql for sql in statements if _names(sql) & SAID and _names(sql) & NAMED]


def _names(sql: str) -> set[str]:
    return set(_TABLE.findall(sql))
