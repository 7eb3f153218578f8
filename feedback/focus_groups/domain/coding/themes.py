"""How far a theme reaches: in how many groups and by how many people it was raised.

Counted, never typed. Only checked quotes count, and only codes that more than half of a quote's
coders gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import cells
from cop_platform.common.reporting.cells import PeopleCell
from feedback.focus_groups.domain.coding import coded
from feedback.focus_groups.domain.coding.coded import CodedQuote
from feedback.focus_groups.models import Theme


@dataclass(frozen=True)
class VoiceReach:
    """The same for one kind of people (`enums.Voice`)."""

    groups: int
    people: int


@dataclass(frozen=True)
class Reach:
    """Whole numbers, for own staff and for counting on; `people` are distinct participants.

    What leaves the country's own staff is `people_said` and `voices_shown`.
    """

    quotes: int = 0
    groups: int = 0
    people: int = 0
    voices: Mapping[str, VoiceReach] = field(default_factory=dict)


def reach(
    themes: Iterable[Theme], until: date | None = None, *, without: Collection[int] = ()
) -> dict[int, Reach]:
    """By theme: its reach by what was said on or before `until`, but in the groups left out.

    Four questions for any number of themes; a theme without quotes reaches nobody.
    """
    codes = codes_of(themes)
    quotes = coded.with_codes(set().union(*codes.values()), until=until, without=without)
    return {theme: count(quotes, wanted) for theme, wanted in codes.items()}


def codes_of(themes: Iterable[Theme]) -> dict[int, set[int]]:
    """By theme: the codes it is made of. One question."""
    found: dict[int, set[int]] = {theme.pk: set() for theme in themes}
    rows = Theme.codes.through.objects.filter(theme__in=list(found))
    for theme, code in rows.values_list("theme_id", "code_id"):
        found[theme].add(code)
    return found


def count(quotes: Iterable[CodedQuote], codes: Collection[int]) -> Reach:
    """The reach of these codes together: who said two of them counts once."""
    raised = raising(quotes, codes)
    by_voice: dict[str, list[CodedQuote]] = defaultdict(list)
    for quote in raised:
        by_voice[quote.voice].append(quote)
    return Reach(
        quotes=len(raised),
        groups=_groups(raised),
        people=len(coded.people(raised)),
        voices={
            voice: VoiceReach(_groups(said), len(coded.people(said)))
            for voice, said in sorted(by_voice.items())
        },
    )


def raising(quotes: Iterable[CodedQuote], codes: Collection[int]) -> list[CodedQuote]:
    """The quotes on which one of these codes counts."""
    wanted = set(codes)
    return [quote for quote in quotes if not wanted.isdisjoint(quote.codes())]


def people_said(people: int, *, own: bool = False) -> str:
    """ "7 people", and for everybody but own staff "fewer than 5 people" from one to four."""
    if not own and cells.count_or_none(people) is None:
        return _("fewer than %(n)d people") % {"n": cells.SMALLEST}
    return ngettext("%(n)d person", "%(n)d people", people) % {"n": people}


def groups_said(groups: int) -> str:
    return ngettext("%(n)d group", "%(n)d groups", groups) % {"n": groups}


def voices_shown(found: Reach, *, own: bool = False) -> tuple[PeopleCell, ...]:
    """People by voice; for everybody but own staff small cells are merged with their complement.

    A participant sits in one group and so has one voice. The merged cell is labelled `cells.REST`.
    """
    counts = {voice: one.people for voice, one in found.voices.items() if one.people}
    if own:
        return tuple(PeopleCell(voice, people) for voice, people in counts.items())
    return cells.merge_counts(counts)


def _groups(quotes: Iterable[CodedQuote]) -> int:
    return len({quote.group_id for quote in quotes})
