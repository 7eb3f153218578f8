"""Why a time ranks where it does, in words a coordinator can pass on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.times import say_clock
from sessions.domain.fair_times import Burden, Facts, FairTime, Local


@dataclass(frozen=True)
class Reason:
    """One sentence; `speaks_for` says whether it is a point for the time or against it."""

    text: str
    speaks_for: bool


def reasons(
    slot: FairTime, facts: Facts, *, minutes: int, names: Mapping[str, str]
) -> list[Reason]:
    """The sentences about a time, its merits first. `names` are countries by code."""
    found = [*_hours(slot, facts, minutes, names), *_fairness(slot, facts, names)]
    found += [*_people(slot, facts), *_days(slot, names)]
    return sorted(found, key=lambda reason: not reason.speaks_for)


def _hours(
    slot: FairTime, facts: Facts, minutes: int, names: Mapping[str, str]
) -> Iterator[Reason]:
    outside = [place for place in slot.locals if place.outside]
    if not outside:
        yield Reason(_("Fits everybody's working hours."), True)
    for place in outside:
        yield Reason(_late(place, facts, minutes, names), False)


def _late(place: Local, facts: Facts, minutes: int, names: Mapping[str, str]) -> str:
    before = facts.burdens.get(place.country, Burden()).times
    end = place.wall + timedelta(minutes=minutes)
    values = {
        "country": names.get(place.country, place.country),
        "start": say_clock(place.wall),
        "end": say_clock(end),
    }
    values["time"] = _time_of_year(before)
    text = _("%(country)s meets %(start)s to %(end)s, outside 9 to 17, %(time)s.")
    return text % values


def _time_of_year(before: int) -> str:
    """How often it has been so, this time included."""
    words = [
        _("for the first time in 12 months"),
        _("for the second time in 12 months"),
        _("for the third time in 12 months"),
    ]
    if before < len(words):
        return words[before]
    return _("again, after %(n)d times in 12 months") % {"n": before}


def _fairness(slot: FairTime, facts: Facts, names: Mapping[str, str]) -> Iterator[Reason]:
    """The country that bore most, and gets good hours this time."""
    here = {place.country: place for place in slot.locals}
    borne = {code: facts.burdens.get(code, Burden()) for code in here}
    if len(here) < 2 or not any(burden.minutes for burden in borne.values()):
        return
    most = max(sorted(borne), key=lambda code: borne[code].minutes)
    if not here[most].outside:
        times = borne[most].times
        text = ngettext(
            "%(country)s met outside its hours most, %(n)d time; here it meets within them.",
            "%(country)s met outside its hours most, %(n)d times; here it meets within them.",
            times,
        )
        yield Reason(text % {"country": names.get(most, most), "n": times}, True)


def _people(slot: FairTime, facts: Facts) -> Iterator[Reason]:
    coming, invited = len(slot.coming_elsewhere), len(slot.invited_elsewhere)
    if not coming and not invited:
        yield Reason(_("Nobody has another session then."), True)
    if coming:
        text = ngettext(
            "%(n)d person takes part in another session then.",
            "%(n)d people take part in another session then.",
            coming,
        )
        yield Reason(text % {"n": coming}, False)
    if invited:
        text = ngettext(
            "%(n)d person is invited to another session then.",
            "%(n)d people are invited to another session then.",
            invited,
        )
        yield Reason(text % {"n": invited}, False)
    if slot.facilitator_taken:
        yield Reason(_("The facilitator has another session then."), False)
    if slot.interpreter_taken:
        yield Reason(_("The interpreter has another session then."), False)
    if slot.room_taken:
        yield Reason(_("The room is taken then."), False)


def _days(slot: FairTime, names: Mapping[str, str]) -> Iterator[Reason]:
    for place in slot.locals:
        values = {"country": names.get(place.country, place.country)}
        if place.holiday:
            text = _("Public holiday in %(country)s: %(name)s.")
            yield Reason(text % (values | {"name": place.holiday}), False)
        if place.busy:
            text = _("%(country)s cannot well meet: %(name)s.")
            yield Reason(text % (values | {"name": place.busy}), False)
    for name in slot.religious:
        yield Reason(_("%(name)s: important to many.") % {"name": name}, False)
