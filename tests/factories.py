"""Small worlds for tests: a country, its people, a session. Names say what matters, no more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from experts.domain import accounts
from experts.enums import PROJECT_ROLES, Role, Scope, Stage
from experts.models import CommunityOfPractice, Country, Membership, Person, User
from materials.domain import glossary
from materials.enums import MaterialAudience, MaterialType
from materials.models import GlossaryTerm, IncomingFile, Material, Version, content_key
from sessions.domain import busy_periods, invitations, planning, polls, reminder_rules
from sessions.domain import series as series_domain
from sessions.domain.reminder_rules import ReminderRule
from sessions.enums import Kind, Mode
from sessions.models import BusyPeriod, CopSession, Invitation, Poll, Room, Series

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "a-long-test-password"
_numbers = count(1)

_COUNTRIES = {
    "BG": ("BG", "Bulgaria", "Europe/Sofia", "bg"),
    "EL": ("GR", "Greece", "Europe/Athens", "el"),
    "ES": ("ES", "Spain", "Europe/Madrid", "es"),
    "IT": ("IT", "Italy", "Europe/Rome", "it"),
}


def country(code: str = "BG") -> Country:
    """The country, with its community."""
    iso, name, zone, language = _COUNTRIES[code]
    found, _ = Country.objects.get_or_create(
        code=code, defaults={"iso_code": iso, "name": name, "zone": zone, "language": language}
    )
    cop(found)
    return found


def cop(of: Country | None = None) -> CommunityOfPractice:
    """The community of a country; the project's own without one."""
    found, _ = CommunityOfPractice.objects.get_or_create(
        country=of,
        scope=Scope.COUNTRY if of else Scope.PROJECT,
        defaults={
            "name": f"CoP {of.name}" if of else "Project community",
            "started_on": date(2025, 9, 1),
        },
    )
    return found


def person(
    role: str = Role.EXPERT, code: str = "BG", *, account: bool = True, **more: Any
) -> Person:
    """Somebody with a role, in a country or (for project roles) in the project."""
    number = next(_numbers)
    home = None if role in PROJECT_ROLES else country(code)
    someone = Person.objects.create(
        **{
            "name": f"{Role(role).label} {number}",
            "email": f"person{number}@example.org",
            "country": home,
            "zone": home.zone if home else "Europe/Brussels",
            "languages": [home.language, "en"] if home else ["en"],
        }
        | more
    )
    Membership.objects.create(
        person=someone, cop=cop(home), role=role, stage=Stage.MEMBER, joined_on=date(2025, 9, 1)
    )
    if account:
        accounts.open_account(someone, PASSWORD)
    return someone


def ends(someone: Person, days: int | None = 0) -> None:
    """Their memberships end; 0 lets today be the first day without rights, None takes it back.

    The database counts days of memberships by its own clock, not from `NOW`.
    """
    first_without = None if days is None else timezone.now().date() + timedelta(days=days)
    someone.memberships.update(left_on=first_without)


def user(role: str = Role.EXPERT, code: str = "BG", **more: Any) -> User:
    """The account of a new person, loaded as a request would load it."""
    return User.objects.get(pk=person(role, code, **more).user_id)


def plan(*codes: str, **more: Any) -> planning.SessionPlan:
    """A session in two days, 10:00 Sofia, ninety minutes, online."""
    hosts = tuple(cop(country(code)) for code in codes or ("BG",))
    values: dict[str, Any] = {
        "title": "First meetings",
        "kind": Kind.REGULAR,
        "mode": Mode.ONLINE,
        "host_cops": hosts,
        "day": date(2026, 11, 26),
        "clock": time(10, 0),
        "zone": "Europe/Sofia",
        "minutes": 90,
        "online_link": "https://meet.example.org/one",
    }
    return planning.SessionPlan(**values | more)


def reminders(*offsets: str) -> tuple[ReminderRule, ...]:
    """The usual rules at these offsets."""
    return tuple(reminder_rules.usual(offset) for offset in offsets)


def reminder_fields(*offsets: str) -> dict[str, str]:
    """The usual rules at these offsets as a browser sends the table; "14d" is before."""
    data = {"reminders-total": str(len(offsets))}
    for n, offset in enumerate(offsets):
        after = offset.startswith("+")
        data |= {
            f"reminders-{n}-number": offset.strip("+-dh"),
            f"reminders-{n}-unit": f"{'+' if after else '-'}{offset[-1]}",
            f"reminders-{n}-audience": "accepted" if after else "invited",
            f"reminders-{n}-mail": "after" if after else "reminder",
            f"reminders-{n}-channel": "mail",
        }
    return data


def cop_session(*codes: str, by: User | None = None, at: datetime = NOW, **more: Any) -> CopSession:
    """A planned session of these countries."""
    coordinator = by or user(Role.COORDINATOR, (codes or ("BG",))[0])
    return planning.plan_session(plan=plan(*codes, **more), by=coordinator, at=at)


def series(
    *codes: str,
    rule: str = "FREQ=WEEKLY;COUNT=4",
    left_out: tuple[date, ...] = (),
    by: User | None = None,
    at: datetime = NOW,
    **more: Any,
) -> Series:
    """A planned series of these countries, weekly from in two days."""
    coordinator = by or user(Role.COORDINATOR, (codes or ("BG",))[0])
    wanted = series_domain.SeriesPlan(plan(*codes, **more), rule, left_out)
    return series_domain.plan_series(plan=wanted, by=coordinator, at=at)


def invitation(
    session: CopSession, person: Person, *, by: User | None = None, at: datetime = NOW
) -> Invitation:
    """An invitation as a coordinator of the session sends it."""
    by = by or session.planned_by.user
    invitations.invite(session_id=session.pk, people=[person], by=by, at=at)
    return Invitation.objects.get(session=session, person=person)


def room(code: str = "BG", **more: Any) -> Room:
    """A room of a country."""
    return Room.objects.create(
        **{"country": country(code), "name": f"Room {next(_numbers)}"} | more
    )


def material(home: str = "BG", *, owner: Person | None = None, **more: Any) -> Material:
    """A material of a country, without a version."""
    return Material.objects.create(
        **{
            "code": f"T{next(_numbers)}",
            "title": "Mentor guide",
            "type": MaterialType.GUIDE,
            "audience": MaterialAudience.MENTORS,
            "owner": owner or person(Role.COORDINATOR, home),
            "country": country(home),
            "created_at": NOW,
        }
        | more
    )


def version(of: Material | None = None, *, data: bytes = b"", **more: Any) -> Version:
    """The next version of a material, not released; its bytes lie where an upload's would."""
    of = of or material()
    data = data or b"%%PDF-1.7 of test %d" % next(_numbers)
    made = Version(
        **{
            "material": of,
            "number": of.versions.count() + 1,
            "language": "en",
            "sha256": hashlib.sha256(data).hexdigest(),
            "media_type": "application/pdf",
            "size": len(data),
            "original_name": "guide.pdf",
            "pages": 1,
            "uploaded_by": of.owner,
            "uploaded_at": NOW,
        }
        | more
    )
    made.file.name = content_key(made, "")
    if not default_storage.exists(made.file.name):
        default_storage.save(made.file.name, ContentFile(data))
    made.save()
    return made


def incoming_file(of: Person, **more: Any) -> IncomingFile:
    """A file on its way in, of which nothing has come."""
    values = {
        "key": f"{next(_numbers):032x}",
        "person": of,
        "name": "guide.pdf",
        "size": 1000,
        "started_at": NOW,
        "touched_at": NOW,
    }
    return IncomingFile.objects.create(**values | more)


def term(word: str = "portfolio", definition: str = "", **words: str) -> GlossaryTerm:
    """A term of the glossary in English, and in the languages named."""
    rows = [glossary.Word("en", word, definition)]
    rows += [glossary.Word(language, typed, "") for language, typed in words.items()]
    return glossary.add_term(source="", words=rows, by=user(Role.COORDINATOR, "BG"), at=NOW)


def poll_plan(*codes: str, **more: Any) -> polls.PollPlan:
    """A poll on three mornings in December, open for a week."""
    hosts = tuple(cop(country(code)) for code in codes or ("BG",))
    values: dict[str, Any] = {
        "title": "When do we meet?",
        "kind": Kind.REGULAR,
        "host_cops": hosts,
        "zone": "Europe/Sofia",
        "minutes": 90,
        "closes_at": NOW + timedelta(days=7),
        "slots": tuple((date(2026, 12, day), time(10, 0)) for day in (8, 9, 10)),
    }
    return polls.PollPlan(**values | more)


def poll(
    *codes: str,
    by: User | None = None,
    at: datetime = NOW,
    voters: Iterable[Person] = (),
    **more: Any,
) -> Poll:
    """A poll of these countries, with these people asked."""
    by = by or user(Role.COORDINATOR, (codes or ("BG",))[0])
    made = polls.make(plan=poll_plan(*codes, **more), by=by, at=at)
    polls.ask(poll_id=made.pk, people=voters, by=by, at=at)
    return made


def busy_period(code: str = "BG", *, by: User | None = None, **more: Any) -> BusyPeriod:
    """Exam weeks of a country in December."""
    values: dict[str, Any] = {
        "name": "Exam weeks",
        "first_day": date(2026, 12, 7),
        "last_day": date(2026, 12, 18),
    }
    by = by or user(Role.PARTNER, code)
    return busy_periods.add(country=country(code), by=by, at=NOW, **values | more)


def minutes(n: int) -> timedelta:
    return timedelta(minutes=n)
