"""What the page of a session says of languages, roles, documents and seats, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common import competences
from cop_platform.common.prepared import Prepared, Slot
from experts.models import Person, User
from sessions.domain import house_rule, language_paths, reminder_rules
from sessions.domain.language_paths import Path
from sessions.domain.parts import missing_duties
from sessions.domain.reminder_rules import ReminderRule
from sessions.enums import Answer, Duty
from sessions.models import CopSession, CountrySeats, DutyHolder, Invitation

_HOLDERS = Prepared(
    lambda: DutyHolder.objects.filter(session=Slot("session")).select_related("person")
)
_SEATS = Prepared(
    lambda: CountrySeats.objects.filter(session=Slot("session")).select_related("country")
)
_NAMES = dict(settings.PROJECT_LANGUAGES)
NAMED = 5


@dataclass(frozen=True)
class LanguageReport:
    """Who has no path in a session's languages, said in a sentence, and what would help."""

    without: list[Person]
    sentence: str
    help: str

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(person.pk for person in self.without)


@dataclass(frozen=True)
class Details:
    """The second rank of a session; `report` only for those who run it.

    `holders` are duty, name and languages; the name is empty where the session's rule keeps it.
    """

    languages: str
    holders: list[tuple[str, str, str]]
    names_kept: bool
    missing: list[str]
    seats: list[CountrySeats]
    reminders: list[str]
    competences: list[str]
    report: LanguageReport | None


def build(session: CopSession, invitations: list[Invitation], user: User) -> Details:
    """At most two queries, however many people. Who declined needs no path.

    The session comes out of `with_open_matters`, which tells whether seats are limited.
    """
    has_seats: bool = session.has_country_seats  # type: ignore[attr-defined]
    holders = _HOLDERS.all(session=session.pk)
    named = house_rule.names_people(session, user, leaders=[h.person_id for h in holders])
    guests = [i.person for i in invitations if i.answer != Answer.NO]
    return Details(
        languages=", ".join(_name(code) for code in languages_of(session)),
        holders=[_said(holder, named) for holder in holders],
        names_kept=bool(holders) and not named,
        missing=missing_duties(session, holders),
        seats=_SEATS.all(session=session.pk) if has_seats else [],
        reminders=[reminder_rules.say(rule) for rule in reminder_rules.read(session.reminders)],
        competences=[competences.said(code) for code in session.competences],
        report=_report(session, holders, guests) if guests else None,
    )


def report(session: CopSession, people: Iterable[Person]) -> LanguageReport:
    """Who of these people has no path in this session."""
    return _report(session, list(session.duty_holders.all()), people)


def _report(
    session: CopSession, holders: list[DutyHolder], people: Iterable[Person]
) -> LanguageReport:
    found = {person.pk: person for person in people}
    speaks = {
        key: language_paths.spoken(person.languages, person.language)
        for key, person in found.items()
    }
    languages = languages_of(session)
    pairs = [holder.languages for holder in holders if holder.duty == Duty.INTERPRETER]
    paths = language_paths.paths_of(speaks, languages, pairs)
    without = [key for key, path in paths.items() if path == Path.NONE]
    return LanguageReport(
        without=[found[key] for key in without],
        sentence=_sentence([found[key].name for key in without], languages),
        help=_help([speaks[key] for key in without], languages),
    )


def _sentence(names: list[str], languages: list[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    if more > 0:
        shown = _("%(names)s and %(n)d more") % {"names": shown, "n": more}
    text = ngettext(
        "%(n)d person has no way to follow in %(languages)s: %(names)s.",
        "%(n)d people have no way to follow in %(languages)s: %(names)s.",
        len(names),
    )
    said = ", ".join(_name(code) for code in languages)
    return text % {"n": len(names), "languages": said, "names": shown}


def _help(without: list[frozenset[str]], languages: list[str]) -> str:
    best = language_paths.best_help(without, languages)
    if best is None:
        return ""
    text = ngettext(
        "An interpreter %(one)s – %(other)s would give %(n)d person a path.",  # noqa: RUF001
        "An interpreter %(one)s – %(other)s would give %(n)d people a path.",  # noqa: RUF001
        best.people,
    )
    return text % {
        "one": _name(best.guest_language),
        "other": _name(best.session_language),
        "n": best.people,
    }


def languages_of(session: CopSession) -> list[str]:
    """The session's languages; of one planned before they were asked for, the usual ones."""
    if session.languages:
        return list(session.languages)
    countries = [cop.country for cop in session.host_cops.all() if cop.country]
    return language_paths.usual(country.language for country in countries)


def _said(holder: DutyHolder, named: bool) -> tuple[str, str, str]:
    between = " – ".join(_name(code) for code in holder.languages)  # noqa: RUF001 a pair
    return holder.get_duty_display(), holder.person.name if named else "", between


def _name(code: str) -> str:
    return str(_NAMES.get(code, code))


def compared(session: CopSession, typed: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Fields of the second rank as (stored, typed), for editors who met."""
    if not typed:
        return {}
    return {
        _("Last day"): (_text(session.last_day), _text(typed["last_day"])),
        _("Room"): (_text(session.room), _text(typed["room"])),
        _("Languages of the session"): (_list(session.languages), _list(typed["languages"])),
        _("Competences it trains"): (
            _list(map(competences.said, session.competences)),
            _list(map(competences.said, typed["competences"])),
        ),
        _("Seats"): (_text(session.capacity), _text(typed["capacity"])),
        _("Reminders"): (
            _rules(reminder_rules.read(session.reminders)),
            _rules(typed["reminders"]),
        ),
        _("Documents"): (_list(session.documents), _list(typed["documents"])),
        _("Chatham House rule"): (
            house_rule.say(session.chatham_house),
            house_rule.say(typed["chatham_house"]),
        ),
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _rules(rules: Iterable[ReminderRule]) -> str:
    return _list(reminder_rules.say(rule) for rule in rules)


def _list(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))
