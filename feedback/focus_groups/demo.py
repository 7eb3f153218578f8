"""The demo project's focus groups: held and to come, in six countries, told from the anchor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

import sessions.demo
from experts.enums import Role
from experts.models import Country, Membership, Person, User
from feedback.focus_groups import demo_words as words
from feedback.focus_groups.domain.guides import referral
from feedback.focus_groups.domain.planning import attendance, group_parts, planning
from feedback.focus_groups.domain.planning.group_parts import InterpreterPlan
from feedback.focus_groups.domain.planning.planning import GroupPlan
from feedback.focus_groups.enums import Composition, Voice
from feedback.focus_groups.models import FocusGroup, Guide, ReferralCard
from materials.models import Version
from sessions import demo_competences
from sessions.demo import DemoSession
from sessions.enums import Duty, Kind, Mode
from sessions.models import CopSession, DutyHolder


@dataclass(frozen=True)
class DemoGroup:
    """A group of a session known by country and title; `asked`, `yes` and `came` are people.

    Where `months` is given the session is planned here, else the demo's sessions hold it.
    """

    country: str
    title: str
    voice: Voice
    languages: tuple[str, ...]
    asked: int
    yes: int
    came: int
    left: int = 0
    months: int | None = None
    weekday: int = 2
    interpreters: tuple[InterpreterPlan, ...] = ()
    composition: Composition = Composition.MIXED
    codes: tuple[str, ...] = field(default=("M02", "M04"))


def _mentors(country: str, language: str, came: int) -> DemoGroup:
    return DemoGroup(
        country,
        "Focus group with mentors",
        Voice.MENTOR,
        (language,),
        asked=14,
        yes=9,
        came=came,
        codes=("M01", "M07"),
    )


def _migrants(country: str, title: str, months: int, *spoken: str, came: int) -> DemoGroup:
    """Of the languages spoken the first is the country's: somebody interprets into it."""
    interpreters = tuple(
        InterpreterPlan(f"Interpreter {number}", (spoken[0], other), is_briefed=True)
        for number, other in enumerate(spoken[1:], start=1)
    )
    return DemoGroup(
        country,
        title,
        Voice.MIGRANT,
        spoken,
        asked=came * 2 + 3,
        yes=came + 2,
        came=came,
        left=came % 2,
        months=months,
        interpreters=interpreters,
    )


GROUPS = (
    _mentors("BG", "bg", 7),
    _migrants("BG", "Focus group with migrants, in Arabic", -4, "bg", "ar", came=7),
    _migrants("BG", "Focus group with migrants, in Ukrainian", -3, "bg", "uk", came=6),
    _mentors("DE", "de", 8),
    _migrants("DE", "Focus group with migrants, in Persian", -4, "de", "fa", came=6),
    _mentors("EL", "el", 6),
    _migrants("EL", "Focus group with migrants, in Arabic", -3, "el", "ar", came=8),
    _mentors("IT", "it", 7),
    _migrants("IT", "Focus group with migrants, in French", -3, "it", "fr", came=7),
    DemoGroup(
        "IT",
        "Focus group with experts",
        Voice.EXPERT,
        ("it", "en"),
        asked=9,
        yes=7,
        came=6,
        months=-2,
        codes=("M03", "M12"),
    ),
    _mentors("ES", "es", 6),
    # Planted: four people, one less than a talk needs.
    DemoGroup(
        "ES",
        "Focus group with parents",
        Voice.MIGRANT,
        ("es", "ar"),
        asked=12,
        yes=5,
        came=4,
        interpreters=(InterpreterPlan("Interpreter 1", ("es", "ar"), is_briefed=True),),
    ),
    _mentors("SE", "sv", 7),
    _migrants(
        "SE", "Focus group with migrants, in Somali and Tigrinya", -3, "sv", "so", "ti", came=8
    ),
    # To come, and not ready: the interpreter still has to be briefed, few have said yes.
    DemoGroup(
        "DE",
        "Focus group with young adults",
        Voice.MIGRANT,
        ("de", "uk"),
        asked=8,
        yes=3,
        came=0,
        months=1,
        weekday=1,
        interpreters=(InterpreterPlan("Interpreter 1", ("de", "uk")),),
        composition=Composition.YOUNG,
    ),
)


# The materials that are shown.
CODES = sorted({code for item in GROUPS for code in item.codes})


def seed(anchor: date) -> None:
    """Adds what is missing. Participants, words, codes and forms come after it, in this order."""
    new = [_session(item) for item in GROUPS if item.months is not None]
    sessions.demo.add(new, anchor)
    # The sessions' own part has run by now: these are new.
    demo_competences.seed(anchor)
    sessions.demo.mark_told(before=timezone.now())
    _write_cards(anchor)
    for item in GROUPS:
        session = CopSession.objects.filter(
            kind=Kind.FOCUS_GROUP, title=item.title, host_cops__country__code=item.country
        ).first()
        if session and not FocusGroup.objects.filter(session=session).exists():
            _plan(item, session, anchor)


def _session(item: DemoGroup) -> DemoSession:
    assert item.months is not None  # asked before
    return DemoSession(
        (item.country,),
        Kind.FOCUS_GROUP,
        item.months,
        item.weekday,
        17,
        item.title,
        Mode.ONSITE,
        guests=2,
    )


def _plan(item: DemoGroup, session: CopSession, anchor: date) -> None:
    by = User.objects.get(email=f"coordinator.{item.country.lower()}@demo.example")
    at = min(session.starts_at, _morning(anchor)) - timedelta(days=10)
    group = planning.plan_group(
        session_id=session.pk,
        plan=GroupPlan(
            voice=item.voice,
            guide=Guide.objects.in_use().filter(voice=item.voice).order_by("pk")[0],
            versions=tuple(filter(None, map(_shown, item.codes))),
            languages=item.languages,
            composition=item.composition,
            interpreters=item.interpreters,
        ),
        by=by,
        at=at,
    )
    is_held = session.wall_day < anchor
    counts = {"approached": item.asked, "agreed": item.yes}
    if is_held:
        counts |= {"declined": item.asked - item.yes - 1, "came": item.came, "left": item.left}
    group_parts.count_people(group_id=group.pk, counts=counts, by=by, at=at)
    _give_duties(session, item.country, is_held=is_held)
    if is_held:
        _tell(group, item, by, session.ends_at)


def _tell(group: FocusGroup, item: DemoGroup, by: User, at: datetime) -> None:
    told = {
        "recruitment": words.RECRUITMENT[item.voice],
        "refusals": words.REFUSALS,
        "relation": words.RELATION,
        "training": words.TRAINING,
        "setting": words.SETTING,
        "silences": words.SILENCES,
        "returned": words.RETURNED if item.country in {"BG", "DE"} else "",
    }
    planning.tell_of_group(group_id=group.pk, revision=group.revision, told=told, by=by, at=at)
    start = GROUPS.index(item) * 3
    names = [words.NAMES[(start + n) % len(words.NAMES)] for n in range(item.came)]
    facilitator = User.objects.get(email=f"facilitator.{item.country.lower()}@demo.example")
    attendance.add_names(group_id=group.pk, names=names, by=facilitator, at=at)
    group.attendance.update(has_signed=True)
    # What was said is laid under a group that is closed already, so the day stands here.
    closed_on = group.session.wall_day + timedelta(days=1)
    FocusGroup.objects.filter(pk=group.pk).update(closed_on=closed_on)


def _give_duties(session: CopSession, country: str, *, is_held: bool) -> None:
    """The country's facilitator leads; an expert takes the notes of what was held."""
    facilitator = Person.objects.get(email=f"facilitator.{country.lower()}@demo.example")
    session.duty_holders.all().delete()
    holders = [DutyHolder(session=session, person=facilitator, duty=Duty.FACILITATOR)]
    if is_held:
        experts = Membership.objects.current().filter(cop__country__code=country, role=Role.EXPERT)
        taker = experts.order_by("person_id").select_related("person")[0].person
        holders.append(DutyHolder(session=session, person=taker, duty=Duty.NOTE_TAKER))
    DutyHolder.objects.bulk_create(holders)


def _shown(code: str) -> Version | None:
    """The newest released version of a material, the English one before others."""
    versions = Version.objects.filter(material__code=code).order_by("-number")
    released = versions.filter(released_at__isnull=False)
    return released.filter(language="en").first() or released.first() or versions.first()


def _write_cards(anchor: date) -> None:
    manager = User.objects.get(email="manager@demo.example")
    for country in Country.objects.filter(code__in=words.HELP):
        if ReferralCard.objects.filter(country=country).exists():
            continue
        spoken = dict.fromkeys((country.language, "en", "ar", "uk"))
        texts = {code: words.CARD[code].format(place=words.HELP[country.code]) for code in spoken}
        referral.save(
            country_id=country.pk,
            texts=texts,
            phone=words.PHONE,
            note=words.NOTE,
            seen="",
            by=manager,
            at=_morning(anchor),
        )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=UTC)
