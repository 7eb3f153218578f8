"""Who looks where: each kind of object has one source, and all are asked at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise

from cop_platform.common.finding import looking
from cop_platform.common.finding.needle import Blank, Needle
from cop_platform.common.finding.snippets import Piece, cut, mark
from cop_platform.common.prepared import KeysSlot, Prepared, together

# Of a kind so many rows are shown at first, and so many on its own page. More are not counted.
SHOWN, MOST_SHOWN, MOST_COUNTED = 4, 50, 100
_MOST = MOST_COUNTED + 1
_COLUMNS = (
    "found_kind", "found_key", "found_on_title", "found_title", "found_text", "found_note",
)  # fmt: skip


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
    sliced nor ordered; None where the kind is not for this user at all. `anywhere` takes the form
    of a question and gives the rows that fit whoever may open them: where there are none, `find` is
    not asked, whose rights take longer to write down than the words take to look for; with
    `only_near` it can say so of words that are spelt alike alone. `title`,
    `text` and `note` are columns or expressions of `model`; `url` makes the address of a row,
    `detail` the words beside its title.
    """

    kind: str
    label: str | Promise
    icon: str
    model: type[Model]
    find: Callable[[Any, Needle], QuerySet | None]
    title: Any
    text: Any
    url: Callable[[Row], str]
    note: Any = None
    anywhere: Callable[[Blank], QuerySet] | None = None
    only_near: bool = False
    detail: Callable[[Row], str] = lambda _row: ""

    def can_say(self, form: Blank) -> bool:
        """Whether `anywhere` answers a question of this form."""
        return self.anywhere is not None and (form.is_near or not self.only_near)


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
    """What this user finds, by kind; three queries for all kinds together.

    `kind` narrows to one; `most` rows of each are given.
    """
    wanted = _promising([source for source in known() if not kind or source.kind == kind], needle)
    keys = _keys([(source.kind, source.find(user, needle)) for source in wanted], needle)
    if not keys:
        return []
    said = {"anywhere": needle.anywhere, "patterns": needle.patterns}
    asked = [(_cards(s, most), said | {"keys": keys[s.kind]}) for s in wanted if s.kind in keys]
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for row in sorted(together(asked), key=_best_first):
        rows.setdefault(row[0], []).append(row)
    return [
        _group(s, rows[s.kind], len(keys[s.kind]), needle.stems) for s in wanted if s.kind in rows
    ]


def _promising(wanted: list[Source], needle: Needle) -> list[Source]:
    """Those of which a row fits, whoever may open it, and those that cannot say so; one query."""
    form, values = Blank.of(needle), Blank.filled(needle)
    asked = [(_any_of(s, form), values) for s in wanted if s.can_say(form)]
    if not asked:
        return wanted
    with looking.leniently() if needle.is_near else nullcontext():
        fits = {kind for (kind,) in together(asked)}
    return [source for source in wanted if not source.can_say(form) or source.kind in fits]


def _any_of(source: Source, form: Blank) -> Prepared:
    """Whether a row of a kind fits at all: the kind, once."""
    assert source.anywhere is not None  # asked of those that can say so
    anywhere, kind = source.anywhere, Value(source.kind, output_field=TextField())
    return _kept((source.kind, form), source, lambda: anywhere(form).values_list(kind)[:1])


def _keys(asked: Sequence[tuple[str, QuerySet | None]], needle: Needle) -> dict[str, list[int]]:
    """Keys of what fits, by kind, one more than is counted; one query.

    What is weighed and drawn is limited here: a word that stands everywhere costs no more.
    """
    queries = [
        found.order_by().values_list(Value(kind, output_field=TextField()), "pk")[:_MOST]
        for kind, found in asked
        if found is not None
    ]
    keys: dict[str, list[int]] = {}
    if not queries:
        return keys
    whole = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    with looking.leniently() if needle.is_near else nullcontext():
        for kind, key in whole:
            keys.setdefault(kind, []).append(key)
    return keys


_prepared: dict[Hashable, tuple[Source, Prepared]] = {}


def _kept(name: Hashable, source: Source, build: Callable[[], QuerySet]) -> Prepared:
    """A question written down once for a source; anew where its kind was registered again."""
    kept = _prepared.get(name)
    if kept is None or kept[0] is not source:
        kept = _prepared[name] = source, Prepared(build)
    return kept[1]


def _cards(source: Source, most: int) -> Prepared:
    """The best rows among the keys of a kind, those first that answer by their title."""
    return _kept((source.kind, most), source, lambda: _cards_of(source, most))


def _cards_of(source: Source, most: int) -> QuerySet:
    rows = source.model._base_manager.filter(pk__in=KeysSlot("keys"))
    note = Value("") if source.note is None else source.note
    return (
        rows.order_by()
        .annotate(
            found_kind=Value(source.kind, output_field=TextField()),
            found_key=F("pk"),
            found_on_title=looking.titled(source.title),
            found_title=Cast(source.title, TextField()),
            found_text=looking.around(source.text),
            found_note=Coalesce(Cast(note, TextField()), Value(""), output_field=TextField()),
        )
        .order_by("-found_on_title", "-pk")
        .values_list(*_COLUMNS)[:most]
    )


def _best_first(row: tuple[Any, ...]) -> tuple[bool, int]:
    _kind, key, on_title, *_rest = row
    return not on_title, -key


def anybodys(model: type[Model], *columns: Any) -> Callable[[Blank], QuerySet]:
    """For `anywhere`: the rows of a table of which these columns fit, whoever may open them."""
    return lambda form: looking.fitting(model._base_manager.order_by(), form, *columns)


def noted(*columns: str) -> Func:
    """Several columns as one note, a bar between them; what is NULL is left out."""
    return Func(Value("|"), *columns, function="concat_ws", output_field=TextField())


def _group(
    source: Source, rows: Iterable[tuple[Any, ...]], total: int, stems: Sequence[str]
) -> Group:
    hits = []
    for _kind, key, _on_title, title, text, note in rows:
        row = Row(key, title, text, note)
        pieces = mark(title, stems), cut(text, stems)
        hits.append(Hit(*pieces, detail=source.detail(row), url=source.url(row)))
    return Group(
        kind=source.kind,
        label=str(source.label),
        icon=source.icon,
        hits=tuple(hits),
        total=min(total, MOST_COUNTED),
        has_more=total > MOST_COUNTED,
    )
