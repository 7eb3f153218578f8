"""Themes as their pages show them: counted, quoted where people let us, and where voices differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_platform.common.reporting import cells
from experts.models import Country, User
from feedback.changes.domain import links
from feedback.changes.domain.links import ChangeLink
from feedback.changes.models import ChangeRequest
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.coding import coded, contradictions, theme_source, themes
from feedback.focus_groups.domain.coding.coded import CodedQuote
from feedback.focus_groups.domain.coding.contradictions import Side
from feedback.focus_groups.domain.coding.spoken import Spoken
from feedback.focus_groups.domain.coding.themes import Reach
from feedback.focus_groups.enums import Stance, Voice
from feedback.focus_groups.models import Code, Quote, Theme

MOST_QUOTES = 60


@dataclass(frozen=True)
class Differing:
    """A matter on which voices stand against each other, a sentence for each."""

    code: str
    sides: list[str]


@dataclass(frozen=True)
class Row:
    """A theme in the list, with its reach in words."""

    theme: Theme
    reach: str
    voices: list[str]
    differs: bool


@dataclass(frozen=True)
class Quoted(Spoken):
    """Words that may be printed, with where they were said and what they were coded as."""

    quote: Quote
    codes: list[str]
    speaker: str


@dataclass(frozen=True)
class ThemePage:
    """`kept_back` quotes count and are not printed; known to own staff only, None for others.

    `decided` is the answer that everybody may read, once there is one.
    """

    theme: Theme
    codes: list[Code]
    reach: str
    voices: list[str]
    quotes: list[Quoted]
    more: int
    kept_back: int | None
    differing: list[Differing]
    link: ChangeLink
    decided: ChangeRequest | None
    may_edit: bool


def listed(country: Country, user: User, closed: Collection[int]) -> list[Row]:
    """The themes of a country without what was said in closed groups. Five questions."""
    found = list(Theme.objects.filter(country=country).select_related("version__material"))
    codes = themes.codes_of(found)
    quotes = coded.with_codes(set().union(*codes.values()), without=closed)
    own = permissions.may_hear.allows(user, country.pk)
    rows = []
    for theme in found:
        reach = themes.count(quotes, codes[theme.pk])
        differs = bool(contradictions.find(quotes, codes[theme.pk]))
        said = reach_said(reach, own=own, closed=closed)
        rows.append(Row(theme, said, voices_said(reach, own=own), differs))
    return rows


def build(theme: Theme, user: User, closed: Collection[int]) -> ThemePage:
    """The page of one theme, which comes with its version and country."""
    own = permissions.may_hear.allows(user, theme.country_id)
    codes = list(theme.codes.all())
    names = {code.pk: code.name for code in codes}
    quotes = coded.with_codes(names.keys(), without=closed)
    raised = themes.raising(quotes, names.keys())
    reach = themes.count(quotes, names.keys())
    printed = _printed(raised, names, own=own)
    return ThemePage(
        theme=theme,
        codes=codes,
        reach=reach_said(reach, own=own, closed=closed),
        voices=voices_said(reach, own=own),
        quotes=printed[:MOST_QUOTES],
        more=max(0, len(printed) - MOST_QUOTES),
        kept_back=len(raised) - len(printed) if own else None,
        differing=[
            Differing(names[one.code_id], [side_said(side, own=own) for side in one.sides])
            for one in contradictions.find(quotes, names.keys())
        ],
        link=_link(theme, user),
        decided=ChangeRequest.objects.public()
        .filter(source_kind=theme_source.KIND, source_key=theme.pk)
        .first(),
        may_edit=own,
    )


def reach_said(reach: Reach, *, own: bool, closed: Collection[int] = ()) -> str:
    """In how many groups and by how many people, but in the groups left out: one sentence."""
    if not reach.groups and closed:
        return _("Its reach shows with the groups that are left out.")
    if not reach.groups:
        return _("Nothing that was coded carries it yet.")
    said = {
        "groups": themes.groups_said(reach.groups),
        "people": themes.people_said(reach.people, own=own),
    }
    return _("Raised in %(groups)s by %(people)s.") % said


def voices_said(reach: Reach, *, own: bool) -> list[str]:
    """ "Migrants: 7 people", a voice each; small ones together for everybody but own staff."""
    shown = themes.voices_shown(reach, own=own)
    if len(shown) == 1 and shown[0].label == cells.REST:
        # All of them are in the one cell: it would only say the total again.
        return []
    said = []
    for cell in shown:
        label = _("Others") if cell.label == cells.REST else Voice(cell.label).label
        # Without a number the cell holds one to four, which is said as such.
        people = themes.people_said(1 if cell.people is None else cell.people, own=own)
        said.append(_("%(voice)s: %(people)s") % {"voice": label, "people": people})
    return said


def side_said(side: Side, *, own: bool) -> str:
    """What one voice says of a matter, with its n."""
    said = {"voice": Voice(side.voice).label, "people": themes.people_said(side.people, own=own)}
    in_favour = side.leaning == Stance.FOR
    if not own:
        if in_favour:
            return _("%(voice)s are mostly in favour (%(people)s).") % said
        return _("%(voice)s are mostly against (%(people)s).") % said
    said |= {"n": side.in_favour if in_favour else side.against, "all": side.people}
    if in_favour:
        return _("%(voice)s are mostly in favour: %(n)d of %(all)d.") % said
    return _("%(voice)s are mostly against: %(n)d of %(all)d.") % said


def _printed(raised: Iterable[CodedQuote], names: dict[int, str], *, own: bool) -> list[Quoted]:
    """The quotes of a theme whose speakers let them be printed, as they were said."""
    by_key = {quote.pk: quote for quote in raised}
    rows = (
        Quote.objects.quotable()
        .filter(pk__in=by_key)
        .select_related("group__session", "participant")
    )
    ordered = rows.order_by("group__session__starts_at", "group", "question__position", "position")
    return [
        Quoted(
            quote=row,
            codes=sorted(names[code] for code in by_key[row.pk].codes() if code in names),
            # A code that runs through a report would tie what one person said together.
            speaker=row.participant.code if own and row.participant else "",
        )
        for row in ordered
    ]


def _link(theme: Theme, user: User) -> ChangeLink:
    if theme.version is None:
        return links.NONE
    spoken = {theme_source.KIND: {theme.pk: theme.country_id}}
    found = links.beside(user, theme.version, spoken)
    return found.get((theme_source.KIND, theme.pk), links.NONE)
