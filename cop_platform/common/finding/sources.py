"""Who looks where: each kind of object has one source, and all are asked in one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    Func,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise

from cop_platform.common.finding import looking
from cop_platform.common.finding.needle import Needle
from cop_platform.common.finding.snippets import Piece, cut, mark

# Of a kind so many rows are shown at first, and so many on its own page. More are not counted.
SHOWN, MOST_SHOWN, MOST_COUNTED = 4, 50, 200
_COLUMNS = ("found_kind", "found_key", "found_title", "found_text", "found_note", "found_total")


@dataclass(frozen=True)
class Row:
    """A row as it was found; `note` is what the source asked for to build the address."""

    key: int
    title: str
    text: str
    note: str


@dataclass(frozen=True)
class Source:
    """One kind of object that can be found.

    `find` takes the user and the needle and gives the rows this user may open that fit, neither
    sliced nor ordered; None where the kind is not for this user at all. `title`, `text` and `note`
    are columns or expressions of the rows; `url` makes the address of a row, `detail` the words
    beside its title.
    """

    kind: str
    label: str | Promise
    icon: str
    find: Callable[[Any, Needle], QuerySet | None]
    title: Any
    text: Any
    url: Callable[[Row], str]
    note: Any = None
    detail: Callable[[Row], str] = lambda _row: ""


@dataclass(frozen=True)
class Hit:
    """One thing found, ready to be shown."""

    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `total` is at most MOST_COUNTED, with `has_more` beyond."""

    kind: str
    label: str
    icon: str
    hits: tuple[Hit, ...]
    total: int
    has_more: bool


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    """Adds kinds; in AppConfig.ready. The same kind again replaces it."""
    for source in sources:
        _sources[source.kind] = source


def known() -> list[Source]:
    """All kinds, in the order of registration: who, what, when, what was learned."""
    return list(_sources.values())


def look(user: Any, needle: Needle, *, kind: str = "", most: int = SHOWN) -> list[Group]:
    """What this user finds, by kind; one query for all kinds together.

    `kind` narrows to one; `most` rows of each are given.
    """
    wanted = [source for source in known() if not kind or source.kind == kind]
    asked = [(source, source.find(user, needle)) for source in wanted]
    queries = [_cards(source, rows, needle, most) for source, rows in asked if rows is not None]
    if not queries:
        return []
    found = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    rows: dict[str, list[tuple[Any, ...]]] = {}
    with looking.leniently() if needle.is_near else nullcontext():
        for row in found:
            rows.setdefault(row[0], []).append(row)
    return [_group(s, rows[s.kind], needle) for s in wanted if s.kind in rows]


def _cards(source: Source, found: QuerySet, needle: Needle, most: int) -> QuerySet:
    """The best rows of a kind with their number; those that answer by their title come first.

    What is counted and weighed is limited first: a word that stands everywhere costs no more.
    """
    keys = found.order_by().values("pk")[: MOST_COUNTED + 1]
    on_title = Case(
        When(looking.titled(needle, source.title), then=True),
        default=False,
        output_field=BooleanField(),
    )
    return (
        found.model._base_manager.filter(pk__in=keys)
        .annotate(
            found_kind=Value(source.kind, output_field=TextField()),
            found_key=F("pk"),
            found_title=Cast(source.title, TextField()),
            found_text=looking.around(needle, source.text),
            found_note=Coalesce(
                Cast(_noted(source), TextField()), Value(""), output_field=TextField()
            ),
            found_total=Window(Count("pk")),
        )
        .order_by(on_title.desc(), "-pk")
        .values_list(*_COLUMNS)[:most]
    )


def noted(*columns: str) -> Func:
    """Several columns as one note, a bar between them; what is NULL is left out."""
    return Func(Value("|"), *columns, function="concat_ws", output_field=TextField())


def _noted(source: Source) -> Any:
    return Value("") if source.note is None else source.note


def _group(source: Source, rows: Iterable[tuple[Any, ...]], needle: Needle) -> Group:
    rows, stems = list(rows), needle.stems
    hits = []
    for _kind, key, title, text, note, _total in rows:
        row = Row(key, title, text, note)
        pieces = mark(title, stems), cut(text, stems)
        hits.append(Hit(*pieces, detail=source.detail(row), url=source.url(row)))
    total = rows[0][-1]
    return Group(
        kind=source.kind,
        label=str(source.label),
        icon=source.icon,
        hits=tuple(hits),
        total=min(total, MOST_COUNTED),
        has_more=total > MOST_COUNTED,
    )
