"""Questions that a page asks at every visit: written in SQL once, then only filled in.

Django writes the SQL of a queryset anew each time it is asked. Of the pages with a dozen small
questions this was half of the time; nothing but the values differs from one visit to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet, Value
from django.db.models.query import ModelIterable, get_related_populators

from cop_platform.common.planned import OPEN, Planned
from cop_platform.common.rows import maker, quicken

# Django writes many values as a question of their own, for which PostgreSQL looks through whole
# tables; it finds the members of a list one by one in the index.
_MANY = re.compile(r"IN \(SELECT unnest\(%s::(\w+)\[\]\)\)")
_LENGTH = re.compile(r"\([\d, ]+\)")


class Slot(Expression):
    """Stands in a queryset for one value that is known when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class KeysSlot(Slot):
    """Stands for any number of keys, after `__in`; a list, also an empty one, fills it."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT unnest(%s::bigint[]))", [self]


class TextsSlot(Slot):
    """The same for any number of words."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT unnest(%s::text[]))", [self]


def together(asked: Sequence[tuple[Prepared, Mapping[str, Any]]]) -> list[tuple[Any, ...]]:
    """The rows of several questions of equal plain columns, each with its values, in one statement.

    Which question a row answers must stand in a column of it. Raises KeyError as `all` does.
    """
    written = [(prepared._written, values) for prepared, values in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"({one.sql})" for one, _values in written),
            [param for one, values in written for param in one.filled(values)],
        )
        return cursor.fetchall()


def counts(rows: QuerySet, **aggregates: Any) -> QuerySet:
    """What `aggregate` asks, as a queryset of one row, a tuple, so that it can be prepared."""
    alone = rows.order_by().annotate(one=Value(1)).values("one")
    return alone.annotate(**aggregates).values_list(*aggregates)


@dataclass(frozen=True)
class Asked:
    """A question with the values of this visit."""

    prepared: Prepared
    values: Mapping[str, Any]


def at_once(asked: Sequence[Asked]) -> list[list[Any]]:
    """What `all` would give for each of these questions, whatever their columns; one statement,
    which PostgreSQL plans once for these questions. Raises KeyError as `all` does.
    """
    if not asked:
        return []
    if len(asked) == 1:
        [one] = asked
        return [one.prepared.all(**one.values)]
    joined = _side_by_side(tuple(one.prepared for one in asked))
    rows: list[list[tuple[Any, ...]]] = [[] for _one in asked]
    given = [value for one in asked for value in one.prepared._written.given(one.values)]
    for number, *cells in joined.planned.rows(given):
        rows[number].append(tuple(cells[place] for place in joined.places[number]))
    return [one.prepared._written.made(found) for one, found in zip(asked, rows, strict=True)]


@dataclass(frozen=True)
class _SideBySide:
    """One statement for several questions; `places` says in which of its columns, after the first
    one, each of them finds its own.
    """

    planned: Planned
    places: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=200)
def _side_by_side(questions: tuple[Prepared, ...]) -> _SideBySide:
    """The rows of all questions below each other, the number of the question in the first column.

    Questions share the columns of a type, as many as the one needs that has most of it. A first
    part without rows says which types these are: PostgreSQL takes empty columns for text otherwise.
    """
    written = [question._written for question in questions]
    kinds: list[str] = []
    places = tuple(_placed(one.types, kinds) for one in written)
    parts = ["SELECT 0, " + ", ".join(f"NULL::{kind}" for kind in kinds) + " WHERE false"]
    for number, (one, own) in enumerate(zip(written, places, strict=True)):
        names = [f"c{place}" for place in own]
        shown = (f"c{n}" if n in own else "NULL" for n in range(len(kinds)))
        # Nothing of it comes from outside: the SQL is Django's, with its values still left out.
        parts.append(
            f"(SELECT {number}, {', '.join(shown)}"  # noqa: S608
            f" FROM ({one.sql}) AS asked ({', '.join(names)}))"
        )
    values = tuple(
        OPEN if isinstance(param, Slot) else param for one in written for param in one.params
    )
    return _SideBySide(Planned(" UNION ALL ".join(parts), values), places)


def _placed(types: Iterable[str], kinds: list[str]) -> tuple[int, ...]:
    """The columns for these types: those there are, each once, and new ones added to `kinds`."""
    free: dict[str, list[int]] = {}
    for place, kind in enumerate(kinds):
        free.setdefault(kind, []).append(place)
    places = []
    for kind in types:
        if not free.get(kind):
            free.setdefault(kind, []).append(len(kinds))
            kinds.append(kind)
        places.append(free[kind].pop(0))
    return tuple(places)


@dataclass(frozen=True)
class _Written:
    """The SQL of a queryset, and how a row of it becomes what the queryset would have given."""

    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]
    columns: list[Any]
    shape: dict[str, Any] | None
    annotations: dict[str, int]

    def filled(self, values: Mapping[str, Any]) -> list[Any]:
        return [values[p.name] if isinstance(p, Slot) else p for p in self.params]

    def given(self, values: Mapping[str, Any]) -> list[Any]:
        return [values[p.name] for p in self.params if isinstance(p, Slot)]

    def made(self, rows: Iterable[tuple[Any, ...]]) -> list[Any]:
        """What the queryset would have given: objects, or tuples."""
        if self.converters:
            rows = self.converted(rows)
        return list(rows) if self.shape is None else [self.model(row) for row in rows]

    @cached_property
    def types(self) -> list[str]:
        """The database's types of the columns, without lengths."""
        fields = (column[0].output_field for column in self.columns)
        return [_LENGTH.sub("", field.cast_db_type(connection) or "text") for field in fields]

    def converted(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            cells = list(row)
            for place, (steps, column) in self.converters.items():
                for step in steps:
                    cells[place] = step(cells[place], column, connection)
            yield tuple(cells)

    @cached_property
    def populators(self) -> list[Any]:
        found = get_related_populators(self.shape or {}, self.columns, "default")  # type: ignore[call-arg]
        quicken(found)
        return found

    @cached_property
    def own(self) -> tuple[Any, slice, list[str]]:
        """What makes the objects, and where a row holds their own columns, with their names."""
        assert self.shape is not None  # rows of models only
        fields = self.shape["select_fields"]
        place = slice(fields[0], fields[-1] + 1)
        names = [column[0].target.attname for column in self.columns[place]]
        return maker(self.shape["model"]), place, names

    def model(self, row: tuple[Any, ...]) -> Any:
        rows, own, names = self.own
        made = rows.from_db("default", names, row[own])
        for populator in self.populators:
            populator.populate(row, made)
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        return made


class Prepared:
    """A question whose queryset holds slots; it is built and written at the first use.

    Only the text is remembered, never an answer: what differs from person to person, such as the
    countries they see, must be a slot, filled by name with every question. No prefetching.
    """

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build

    def all(self, **values: Any) -> list[Any]:
        """What the queryset would give with these values: objects, or tuples of a values_list.

        Raises KeyError for a slot without a value.
        """
        written = self._written
        with connection.cursor() as cursor:
            cursor.execute(written.sql, written.filled(values))
            rows = cursor.fetchall()
        return written.made(rows)

    def asked(self, **values: Any) -> Asked:
        """The question with its values, to be put together with others by `at_once`."""
        return Asked(self, values)

    @cached_property
    def _written(self) -> _Written:
        queryset = self._build()
        compiler = queryset.query.get_compiler("default")
        written, params = compiler.as_sql()
        columns, gives_models = compiler.select, queryset._iterable_class is ModelIterable
        return _Written(
            sql=_MANY.sub(r"= ANY(%s::\1[])", written),
            params=tuple(params),
            converters=compiler.get_converters([column[0] for column in columns]),
            columns=columns,
            shape=compiler.klass_info if gives_models else None,
            annotations=compiler.annotation_col_map or {},
        )
