"""What the panel of a round can show, in words: for each country, for all, and the next step."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts import reference
from experts.enums import Role
from experts.models import User
from feedback.reviews.domain.panel import gathering
from feedback.reviews.domain.panel.shapes import Expert, Item
from feedback.reviews.marks import Marks
from feedback.reviews.models import ReviewRound, ValidationPolicy
from feedback.validation import doctor
from feedback.validation.doctor import Panel, Quota, Reading, Step
from feedback.validation.domain.policy import pass_table, policy_versions, rules
from feedback.validation.domain.policy.rules import Rules


@dataclass(frozen=True)
class Line:
    """A row of the table: whose panel, its size, what that shows; `note` where it shows nothing."""

    label: str
    n: int
    size: str
    needed: str
    dissent: str
    agreed: str
    dissented: str
    likely: str
    note: str


@dataclass(frozen=True)
class Doctor:
    """The whole of it. `owed` are sentences on kinds of experts that the policy asks for."""

    policy: ValidationPolicy
    lines: tuple[Line, ...]
    owed: tuple[str, ...]
    step: str
    example: str


def of_round(
    review_round: ReviewRound, user: User, today: date, chosen: Collection[int] = ()
) -> Doctor:
    """The panel of a round `with_version` as if the `chosen` people (ids) were on it, too.

    Only of the countries whose experts the reader may ask; all together where those are all.
    """
    board = gathering.board([review_round], user, today)
    item = board.items[0]
    new = tuple(e for e in board.pool if e.key in chosen and e.key not in item.asked)
    panels = [_panel(item, country, new) for country in item.countries]
    is_whole = set(item.countries) == (review_round.scope() or set(board.countries))
    policy = review_round.policy or policy_versions.newest()
    return _doctor(policy, panels, board.countries, is_whole=is_whole)


def of_plan(panel_size: int, countries: Collection[str], user: User) -> Doctor:
    """A round that is not open yet: so many experts of each country (codes; none is all)."""
    policy = policy_versions.newest()
    held = rules.of(policy)
    n = len(_named(countries, user))
    table = pass_table.effective(held)
    panel = Panel(0, 0, panel_size)
    lines = [_line(_("Each country") if n > 1 else _("The panel"), panel_size, table)]
    if n > 1:
        lines.append(_line(_("All %(n)d countries together") % {"n": n}, n * panel_size, table))
    step = doctor.cheapest([panel], _quota(held), table)
    return Doctor(
        policy=policy,
        lines=tuple(lines),
        owed=tuple(_asked(held)),
        step=_of_plan(step, n) if step else "",
        example=_example(lines),
    )


def _named(countries: Collection[str], user: User) -> list[int]:
    """The countries of a plan that the reader may open a round for."""
    own = set(user.access.countries(Role.COORDINATOR))
    return [
        country.pk
        for country in reference.countries()
        if (not countries or country.code in countries)
        and (user.access.is_manager or country.pk in own)
    ]


def _panel(item: Item, country: int, new: tuple[Expert, ...]) -> Panel:
    people = [e for e in (*item.members, *new) if e.country == country]
    return Panel(
        key=country,
        asked=len(people),
        wanted=item.wanted,
        practitioners=sum(e.is_practitioner for e in people),
        lived=sum(e.has_lived_it for e in people),
    )


def _doctor(
    policy: ValidationPolicy, panels: list[Panel], names: dict[int, str], *, is_whole: bool
) -> Doctor:
    held = rules.of(policy)
    table = pass_table.effective(held)
    lines = _of_countries(panels, names, table)
    if is_whole and len(panels) > 1:
        whole = sum(panel.size for panel in panels)
        lines.append(_line(_("All %(n)d countries together") % {"n": len(panels)}, whole, table))
    step = doctor.cheapest(panels, _quota(held), table)
    return Doctor(
        policy=policy,
        lines=tuple(lines),
        owed=tuple(text for p in panels for text in _owed(p, held, names[p.key])),
        step=_of_panels(step, names[step.key]) if step else "",
        example=_example(lines),
    )


def _of_countries(panels: list[Panel], names: dict[int, str], table: Marks) -> list[Line]:
    """A row for each size, with all countries that have it: their panels show the same."""
    by_size: dict[int, list[str]] = {}
    for panel in panels:
        by_size.setdefault(panel.size, []).append(names[panel.key])
    return [
        _line(", ".join(some), n, table, each=len(some) > 1) for n, some in sorted(by_size.items())
    ]


def _quota(held: Rules) -> Quota:
    return Quota(held.experts, held.practitioners, held.lived)


def _line(label: str, n: int, table: Marks, *, each: bool = False) -> Line:
    size = ngettext("%(n)d expert", "%(n)d experts", n)
    if each:
        size = ngettext("%(n)d expert each", "%(n)d experts each", n)
    found = doctor.read(n, table)
    if found.needed is None:
        note = _("Too small for a pass mark: it shows nothing.")
        return Line(label, n, size % {"n": n}, "", "", "", "", "", note)
    return Line(
        label=label,
        n=n,
        size=size % {"n": n},
        needed=_("%(needed)d of %(n)d") % {"needed": found.needed, "n": n},
        dissent=_dissent(found, table),
        agreed=_points(found.agreed),
        dissented=_points(found.dissented),
        likely=_("%(n)d of 100") % {"n": found.likely},
        note="",
    )


def _dissent(found: Reading, table: Marks) -> str:
    """With 5 experts one dissent fails an item; with 6 it does not."""
    if found.spare:
        text = ngettext(
            "With %(n)d experts an item survives %(spare)d dissent.",
            "With %(n)d experts an item survives %(spare)d dissents.",
            found.spare,
        )
        return text % {"n": found.n, "spare": found.spare}
    enough = doctor.next_size(found.n, table)
    if enough is None:
        return _("With %(n)d experts one dissent fails an item.") % {"n": found.n}
    text = _("With %(n)d experts one dissent fails an item; with %(enough)d it does not.")
    return text % {"n": found.n, "enough": enough}


def _points(width: int | None) -> str:
    if width is None:
        return ""
    return ngettext("%(n)d point", "%(n)d points", width) % {"n": width}


def _example(lines: list[Line]) -> str:
    """What the last column means, in a sentence of the first row that has it."""
    shown = next((line for line in lines if line.likely), None)
    if shown is None:
        return ""
    text = _(
        "An item that 80 %% of all experts would find relevant passes a panel of %(n)d in "
        "%(likely)s tries: a panel is a sample."
    )
    return text % {"n": shown.n, "likely": shown.likely}


def _owed(panel: Panel, held: Rules, country: str) -> Iterator[str]:
    """Who of a country is still to be asked for a quota of the policy."""
    practitioners, lived = doctor.owed(panel, _quota(held))
    if practitioners:
        text = ngettext(
            "%(country)s: %(n)d practitioner is still to be asked, or there is not enough "
            "evidence.",
            "%(country)s: %(n)d practitioners are still to be asked, or there is not enough "
            "evidence.",
            practitioners,
        )
        yield text % {"country": country, "n": practitioners}
    if lived:
        text = ngettext(
            "%(country)s: %(n)d person with lived experience is still to be asked, or there is "
            "not enough evidence.",
            "%(country)s: %(n)d people with lived experience are still to be asked, or there is "
            "not enough evidence.",
            lived,
        )
        yield text % {"country": country, "n": lived}


def _asked(held: Rules) -> Iterator[str]:
    """The quotas of the policy, while nobody is asked yet."""
    if held.practitioners:
        text = ngettext(
            "Of each country %(n)d has to be a practitioner, or there is not enough evidence.",
            "Of each country %(n)d have to be practitioners, or there is not enough evidence.",
            held.practitioners,
        )
        yield text % {"n": held.practitioners}
    if held.lived:
        text = ngettext(
            "Of each country %(n)d has to have lived experience, or there is not enough evidence.",
            "Of each country %(n)d have to have lived experience, or there is not enough evidence.",
            held.lived,
        )
        yield text % {"n": held.lived}


def _of_panels(step: Step, country: str) -> str:
    """The next step for one country's part of the panel."""
    words = _numbers(step) | {"country": country}
    if step.gives_evidence:
        text = ngettext(
            "The cheapest step: one more expert of %(country)s (%(after)d). Without, there is not "
            "enough evidence for a verdict there.",
            "The cheapest step: %(more)d more experts of %(country)s (%(after)d). Without, there "
            "is not enough evidence for a verdict there.",
            step.more,
        )
        return text % words
    text = ngettext(
        "The cheapest step: one more expert of %(country)s, from %(before)d to %(after)d.",
        "The cheapest step: %(more)d more experts of %(country)s, from %(before)d to %(after)d.",
        step.more,
    )
    return f"{text % words} {_survives(step)}"


def _of_plan(step: Step, countries: int) -> str:
    """The same while a round is planned, where all countries have the same number."""
    words = _numbers(step)
    if step.gives_evidence:
        text = _("Below %(after)d experts of a country there is not enough evidence for a verdict.")
        return text % words
    text = _("The cheapest step: %(after)d instead of %(before)d experts.")
    if countries > 1:
        text = _("The cheapest step: %(after)d instead of %(before)d experts of each country.")
    return f"{text % words} {_survives(step)}"


def _survives(step: Step) -> str:
    spare = step.after.spare or 0
    text = ngettext(
        "An item then survives %(n)d dissent.", "An item then survives %(n)d dissents.", spare
    )
    return text % {"n": spare}


def _numbers(step: Step) -> dict[str, int]:
    return {"more": step.more, "before": step.before.n, "after": step.after.n}
