"""Expressions that ask rows for words; migrations lay an index on exactly `Folded`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from operator import and_
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Func, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Greatest

from cop_platform.common.finding.needle import Blank, Needle
from cop_platform.common.prepared import Slot

# So much of a text is fetched around the first hit.
_BEFORE, _LENGTH = 80, 400


class Joined(Func):
    """Columns as one text, a blank between them."""

    template = "%(expressions)s"
    arg_joiner = " || ' ' || "
    output_field = TextField()


class Folded(Joined):
    """The same in small letters and without accents, as the indexes hold it."""

    template = "search_fold(%(expressions)s)"


class _Fits(Func):
    template = "(%(expressions)s)"
    arg_joiner = " ~ "
    output_field = BooleanField()


class _FitsAll(Func):
    template = "(%(expressions)s))"
    arg_joiner = " ~ ALL("
    output_field = BooleanField()


class _IsNear(Func):
    template = "(%(expressions)s)"
    # Doubled for the driver, which reads a single one as a placeholder.
    arg_joiner = " <%% "
    output_field = BooleanField()


class _Place(Func):
    function = "regexp_instr"
    output_field = IntegerField()


class _Part(Func):
    function = "substr"
    output_field = TextField()


@contextmanager
def leniently() -> Iterator[None]:
    """Within it words are near that share half of their runs of three letters.

    Two letters that changed places cost that much; what PostgreSQL takes for near without being
    told is stricter. One transaction, so that other questions are not answered so.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = 0.5")
        yield


def fitting(rows: QuerySet, needle: Needle | Blank, *columns: Any) -> QuerySet:
    """The rows of which these columns together hold every word."""
    return rows.filter(says(needle, *columns))


def says(needle: Needle | Blank, *columns: Any) -> Q:
    """The condition that these columns together hold every word of the question."""
    text = Folded(*columns)
    if needle.is_near:
        return reduce(and_, (Q(_IsNear(_value(word), text)) for word in needle.near_words))
    return reduce(and_, (Q(_Fits(text, _value(pattern))) for pattern in needle.patterns))


def _value(asked: str | Slot) -> Value | Slot:
    return asked if isinstance(asked, Slot) else Value(asked)


def around(text: Any) -> Func:
    """The part of a text in which the first word of the question stands; slot `anywhere`."""
    plain = Joined(text) if isinstance(text, str) else text
    place = _Place(Func(plain, function="search_fold"), Slot("anywhere"))
    return _Part(plain, Greatest(place - Value(_BEFORE), Value(1)), Value(_LENGTH))


def titled(title: Any) -> Func:
    """Whether the title alone holds every word of the question; slot `patterns`, a list."""
    return _FitsAll(Folded(title), Slot("patterns"))
