"""Reads themes with their reach among the groups of a report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q

from cop_platform.common.reporting.sections import Scope
from feedback.focus_groups.domain.coding import coded, themes
from feedback.focus_groups.domain.coding.coded import CodedQuote
from feedback.focus_groups.domain.report import words_reading
from feedback.focus_groups.domain.report.facts import ThemeFacts
from feedback.focus_groups.domain.report.increments import in_fives
from feedback.focus_groups.domain.report.scoping import Told
from feedback.focus_groups.domain.report.words_reading import Said
from feedback.focus_groups.enums import Stance, Voice
from feedback.focus_groups.models import Theme


def read(scope: Scope, told: Sequence[Told], said: Said) -> tuple[ThemeFacts, ...]:
    """Themes that a group of the report raised, the farthest reaching first; five queries."""
    rows = Theme.objects.filter(country__in=scope.country_ids)
    if scope.materials is not None:
        about = Q(version__isnull=True) | Q(version__material__in=scope.materials)
        rows = rows.filter(about)
    found = list(rows.select_related("country", "version__material"))
    return of_groups(found, told, said)


def of_groups(found: Sequence[Theme], told: Sequence[Told], said: Said) -> tuple[ThemeFacts, ...]:
    """These themes as far as these groups raised them."""
    codes = themes.codes_of(found)
    wanted = set().union(*codes.values())
    groups = {one.row.pk for one in told}
    large = {one.row.pk for one in told if one.is_large}
    quotes = [one for one in coded.with_codes(wanted) if one.group_id in groups]
    raised = [(theme, themes.raising(quotes, codes[theme.pk])) for theme in found]
    facts = [_theme(theme, codes[theme.pk], rows, large, said) for theme, rows in raised if rows]
    facts.sort(key=lambda t: (-(t.people or 0), -t.groups, not t.is_major, t.title, t.country))
    return tuple(facts)


def _theme(
    theme: Theme,
    codes: Collection[int],
    raised: Sequence[CodedQuote],
    large: Collection[int],
    said: Said,
) -> ThemeFacts:
    """The theme by the quotes that raised it; people count in groups of five and more."""
    keys = {one.pk for one in raised}
    people = coded.people(one for one in raised if one.group_id in large)
    approving = list(_meaning(raised, codes, Stance.FOR))
    opposing = list(_meaning(raised, codes, Stance.AGAINST))
    return ThemeFacts(
        country=theme.country.code,
        title=theme.title,
        summary=theme.summary,
        is_major=theme.is_major,
        material=theme.version.material.code if theme.version else "",
        groups=_groups(raised),
        people=in_fives(len(people)),
        voices=_voices(raised),
        approving=_groups(approving),
        approving_voices=_voices(approving),
        opposing=_groups(opposing),
        opposing_voices=_voices(opposing),
        quotes=words_reading.chosen(one for one in said.quotes if one.key in keys),
    )


def _meaning(
    raised: Iterable[CodedQuote], codes: Collection[int], stance: Stance
) -> Iterable[CodedQuote]:
    """Those of which one of the codes was meant so."""
    for one in raised:
        given = one.codes()
        if any(given.get(code) == stance for code in codes):
            yield one


def _voices(quotes: Iterable[CodedQuote]) -> tuple[Voice, ...]:
    found = {one.voice for one in quotes}
    return tuple(voice for voice in Voice if voice in found)


def _groups(quotes: Iterable[CodedQuote]) -> int:
    return len({one.group_id for one in quotes})
