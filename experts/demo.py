"""The demo project's people: role names only, so that nobody real can be meant."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from dateutil.relativedelta import relativedelta
from django.contrib.auth.hashers import make_password

from experts import demo_charters
from experts.domain import memberships
from experts.enums import Profession, Role, Scope, Stage, TargetGroup
from experts.models import (
    CommunityOfPractice,
    Country,
    Expert,
    Membership,
    Partner,
    Person,
    User,
)

PASSWORD = "demo-community-1"  # printed by `make demo`, works in the demo only
DOMAIN = "demo.example"
MONTHS = 14


@dataclass(frozen=True)
class DemoCountry:
    """One country of the demo."""

    code: str
    iso: str
    name: str
    zone: str
    language: str
    partner: str
    kind: str
    experts: int
    topics: tuple[str, ...]


COUNTRIES = [
    DemoCountry(
        "BG",
        "BG",
        "Bulgaria",
        "Europe/Sofia",
        "bg",
        "Open Door Training",
        "training NGO",
        9,
        ("Mentoring in pairs", "First job", "Legal questions", "Learning by phone"),
    ),
    DemoCountry(
        "DE",
        "DE",
        "Germany",
        "Europe/Berlin",
        "de",
        "Adult Education Centre North",
        "adult-education centre",
        11,
        ("Recognition of qualifications", "Language on the job", "Employers", "Portfolio cafes"),
    ),
    DemoCountry(
        "EL",
        "GR",
        "Greece",
        "Europe/Athens",
        "el",
        "Lifelong Learning Lab",
        "university lab",
        8,
        ("First reception", "Picture-based work", "Volunteers", "Evidence of skills"),
    ),
    DemoCountry(
        "IT",
        "IT",
        "Italy",
        "Europe/Rome",
        "it",
        "Ponte Social Cooperative",
        "social cooperative",
        10,
        ("Care work", "Women and work", "Mediation", "Digital first steps"),
    ),
    DemoCountry(
        "ES",
        "ES",
        "Spain",
        "Europe/Madrid",
        "es",
        "City Office for Newcomers",
        "city office",
        7,
        ("Housing and work", "Families", "Language passport"),
    ),
    DemoCountry(
        "SE",
        "SE",
        "Sweden",
        "Europe/Stockholm",
        "sv",
        "Lakeside Folk High School",
        "folk high school",
        9,
        ("Study paths", "Prior learning", "Easy language", "Young people"),
    ),
]

# Experts by number whom the partner of their country employs. None of them is on a panel for a
# material of that partner: they would have to be taken off it.
_EMPLOYED = {"ES": range(1, 8), "SE": range(2, 6)}

_ASK = [
    "how to start a portfolio in the first meeting",
    "residence permits and work",
    "CEFR levels in plain words",
    "what employers look at first",
    "papers lost on the way",
    "interpreters in a conversation of three",
    "when memories get in the way",
    "winning small companies",
    "phones instead of laptops",
    "keeping volunteers",
    "what I wish somebody had asked me",
    "what studies say about portfolios",
]


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    start = anchor - relativedelta(months=MONTHS)
    project, _ = CommunityOfPractice.objects.get_or_create(
        scope=Scope.PROJECT, defaults={"name": "Project community", "started_on": start}
    )
    aims = ("Quality", "Working across countries")
    demo_charters.seed(project, "Portfolios that open doors", aims, start, "The consortium")
    password = make_password(PASSWORD)
    for code, name, role in (
        ("admin", "Platform admin", Role.PLATFORM_ADMIN),
        ("manager", "Project manager", Role.PROJECT_MANAGER),
        ("author", "Material author", Role.AUTHOR),
    ):
        person = _person(code, name, None, password)
        _membership(person, project, role, start)
    for country in COUNTRIES:
        _seed_country(country, start, password)


def _seed_country(data: DemoCountry, start: date, password: str) -> None:
    country, _ = Country.objects.update_or_create(
        code=data.code,
        defaults={
            "iso_code": data.iso,
            "name": data.name,
            "zone": data.zone,
            "language": data.language,
        },
    )
    partner, _ = Partner.objects.get_or_create(
        country=country,
        name=data.partner,
        defaults={"kind": data.kind, "leads": data.code == "BG"},
    )
    cop, _ = CommunityOfPractice.objects.get_or_create(
        country=country,
        scope=Scope.COUNTRY,
        defaults={"name": f"CoP {data.name}", "started_on": start},
    )
    domain = f"Working with migrants in {data.name}"
    demo_charters.seed(cop, domain, data.topics, start, data.partner)
    low = data.code.lower()
    for prefix, role in (
        ("coordinator", Role.COORDINATOR),
        ("facilitator", Role.FACILITATOR),
        ("partner", Role.PARTNER),
    ):
        name = f"{Role(role).label} {data.code}"
        person = _person(f"{prefix}.{low}", name, country, password, partner=partner)
        _membership(person, cop, role, start)
    for number in range(1, data.experts + 1):
        _seed_expert(data, number, partner, cop, start, password)


def _seed_expert(
    data: DemoCountry,
    number: int,
    partner: Partner,
    cop: CommunityOfPractice,
    start: date,
    password: str,
) -> None:
    offset = COUNTRIES.index(data) * 2 + number - 1
    profession = list(Profession)[offset % len(Profession)]
    label = f"{profession.label} {data.code}-{number:02d}"
    person = _person(
        f"expert.{data.code.lower()}-{number:02d}",
        label,
        partner.country,
        password,
        partner=partner if number in _EMPLOYED.get(data.code, ()) else None,
        languages=sorted({data.language, "en", ["ar", "fa", "uk", "fr"][number % 4]}),
        ask_me_about=_ASK[offset % len(_ASK)],
    )
    groups = list(TargetGroup)
    Expert.objects.get_or_create(
        person=person,
        defaults={
            "profession": profession,
            "years": 2 + (offset * 3) % 17,
            "groups": [groups[offset % len(groups)], groups[(offset + 3) % len(groups)]],
        },
    )
    late = number >= data.experts - 1
    joined = start + relativedelta(months=MONTHS - 2) if late else start
    _membership(person, cop, Role.EXPERT, joined, Stage.NEWCOMER if late else Stage.MEMBER)


def add_expert(
    cop: CommunityOfPractice,
    *,
    local: str,
    name: str,
    profession: Profession,
    months: int,
    anchor: date,
) -> Person:
    """One more expert of a country than its list has, a member for so many months."""
    person = _person(local, name, cop.country, make_password(PASSWORD))
    Expert.objects.get_or_create(person=person, defaults={"profession": profession, "years": 6})
    _membership(person, cop, Role.EXPERT, anchor - relativedelta(months=months))
    return person


def _person(local: str, name: str, country: Country | None, password: str, **more: Any) -> Person:
    email = f"{local}@{DOMAIN}"
    user, _ = User.objects.get_or_create(email=email, defaults={"password": password})
    EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    person, _ = Person.objects.get_or_create(
        email=email,
        defaults={
            "user": user,
            "name": name,
            "country": country,
            "zone": country.zone if country else "Europe/Brussels",
            "languages": [country.language, "en"] if country else ["en"],
            **more,
        },
    )
    return person


def _membership(
    person: Person,
    cop: CommunityOfPractice,
    role: str,
    joined: date,
    stage: Stage = Stage.MEMBER,
) -> None:
    memberships.begin(person=person, cop=cop, role=role, stage=stage, on=joined)


def write_logins(file: Path) -> None:
    """Writes every demo log-in as JSON for `make demo`, one of each role first in its group."""
    people = Membership.objects.current().filter(person__email__endswith=f"@{DOMAIN}")
    rows = people.select_related("person", "cop__country").order_by("pk")
    logins = [
        {
            "role": str(row.get_role_display()).lower(),
            "country": row.cop.country.code if row.cop.country else "",
            "email": row.person.email,
            "password": PASSWORD,
        }
        for row in rows
    ]
    file.write_text(json.dumps(logins, indent=1), encoding="utf-8")
