"""What changes brought: a material's figures in a round, and in the round after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_platform.common.reporting import celling, sayings, tongues
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Paragraph,
    Sign,
    Table,
)
from cop_platform.common.reporting.sections import Head, Part, Scope, Section, pointer
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.report import ratings_reading
from feedback.validation.domain.report.ratings_facts import RoundFacts

KEY = "progress"


@dataclass(frozen=True)
class ItemPair:
    """One question in both rounds: the share of relevant answers, and of how many it is."""

    code: str
    text: str
    before: float | None
    n_before: int
    after: float | None
    n_after: int


@dataclass(frozen=True)
class RoundPair:
    """Two rounds on a material that follow each other, with the questions both have asked."""

    material: str
    version_before: int
    version_after: int
    items: tuple[ItemPair, ...]


@dataclass(frozen=True)
class ProgressFacts:
    """All pairs of rounds whose figures may be shown, by material."""

    pairs: tuple[RoundPair, ...]
    newest: str


def collect(scope: Scope) -> ProgressFacts:
    """The ratings as their own chapter reads them, joined where a round follows another one."""
    ratings = ratings_reading.collect(scope)
    told = {row.round_id: row for row in ratings.rounds if not row.withheld}
    follows = ReviewRound.objects.filter(pk__in=told, previous__in=told).order_by()
    earlier = dict(follows.values_list("pk", "previous_id"))
    pairs = [
        _pair(told[earlier[key]], row) for key, row in told.items() if earlier.get(key) is not None
    ]
    return ProgressFacts(tuple(pair for pair in pairs if pair.items), ratings.newest)


def _pair(before: RoundFacts, after: RoundFacts) -> RoundPair:
    old = {(item.code, item.text): item for item in before.items}
    both = [
        (old[item.code, item.text], item) for item in after.items if (item.code, item.text) in old
    ]
    return RoundPair(
        material=after.code,
        version_before=before.version,
        version_after=after.version,
        items=tuple(
            ItemPair(
                code=new.code,
                text=new.text,
                before=was.i_cvi.value,
                n_before=was.n,
                after=new.i_cvi.value,
                n_after=new.n,
            )
            for was, new in both
        ),
    )


def title() -> str:
    return _("Before and after")


def chapters(facts: ProgressFacts, head: Head) -> Iterator[Chapter]:
    """A table a material; nothing where none was rated twice."""
    if not facts.pairs:
        return
    blocks: list[Block] = [
        Paragraph(
            _(
                "These materials were rated again after they were changed. The figure is I-CVI, "
                "the share of experts who call a criterion met. Other experts may have answered, "
                "and panels are small, so that a small difference says little."
            )
        )
    ]
    blocks += [_table(pair, pointer(KEY, "pairs", n), n) for n, pair in enumerate(facts.pairs)]
    yield Chapter(KEY, title(), tuple(blocks))


def _table(pair: RoundPair, at: str, n: int) -> Table:
    versions = {
        "material": sayings.isolated(pair.material),
        "before": sayings.count(pair.version_before),
        "after": sayings.count(pair.version_after),
    }
    return Table(
        key=f"progress-{n}",
        caption=_("%(material)s: version %(before)s and version %(after)s") % versions,
        columns=(
            Column(_("No.")),
            Column(_("Criterion"), 6),
            Column(_("Before"), 2, Align.END),
            Column(_("After"), 2, Align.END),
            Column(_("Standing"), 2),
        ),
        rows=tuple(_row(item, f"{at}/items/{k}") for k, item in enumerate(pair.items)),
    )


def _row(item: ItemPair, at: str) -> tuple[Cell, ...]:
    return (
        celling.code(item.code),
        Cell(tongues.words(item.text)),
        celling.number(item.before, f"{at}/before"),
        celling.number(item.after, f"{at}/after"),
        _standing(item),
    )


def _standing(item: ItemPair) -> Cell:
    if item.before is None or item.after is None:
        return Cell(_("Cannot be told"), sign=Sign.OPEN)
    if item.after > item.before:
        return Cell(_("Higher"), sign=Sign.GOOD)
    return Cell(_("Lower"), sign=Sign.BAD) if item.after < item.before else Cell(_("The same"))


def gaps(facts: ProgressFacts, head: Head) -> Iterator[str]:
    """That no figure tells what changes brought."""
    if not facts.pairs:
        yield _(
            "No material was rated again after it was changed, so nothing shows what it brought."
        )


def headline(facts: ProgressFacts, head: Head) -> Iterator[str]:
    """How many questions are met by more experts than before."""
    known = [
        (item.before, item.after)
        for pair in facts.pairs
        for item in pair.items
        if item.before is not None and item.after is not None
    ]
    if known:
        yield _("Rated again, %(higher)s of %(n)s criteria are higher and %(lower)s lower.") % {
            "higher": sayings.count(sum(after > before for before, after in known)),
            "lower": sayings.count(sum(after < before for before, after in known)),
            "n": sayings.count(len(known)),
        }


SECTION = Section(
    key=KEY,
    order=85,
    part=Part.CHAPTER,
    title=title,
    facts=ProgressFacts,
    collect=collect,
    newest=lambda facts: facts.newest,
    chapters=chapters,
    gaps=gaps,
    headline=headline,
)
