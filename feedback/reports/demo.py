"""The demo project's grant, its signed words, the partners' marks, the plan and a named report."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from experts.enums import Role
from experts.models import Country, Partner, User
from feedback.reports import demo_pictures
from feedback.reports.demo_words import WORDS
from feedback.reports.domain import cuts, planning
from feedback.reports.domain.cuts import Chosen
from feedback.reports.domain.funding import keeping
from feedback.reports.domain.funding.keeping import GrantWords
from feedback.reports.enums import Licence, Profile
from feedback.reports.models import Grant

GRANT = GrantWords(
    acronym="PORTFOLIO",
    title="Portfolios for newcomers: six communities of practice",
    number="2025-1-BG01-KA220-ADU-000000000",
    authority="National Agency of the demo project",
    result="Result 2: materials validated by communities of practice",
    licence=Licence.CC_BY_4,
    emblem_words="Flag of Europe: a circle of twelve golden stars on blue",
)
# Of the whole project, and each country's share of it.
PLAN = {
    "reviews": (180, 30),
    "experts": (54, 9),
    "materials_asked": (12, 4),
    "materials_validated": (10, 3),
    "changes_done": (40, 6),
}
NAMED = "Mid-term for the agency"
_SIGNED_AFTER = timedelta(days=30)


def seed(anchor: date) -> None:
    """Types the grant of a project that has none yet."""
    if Grant.objects.exists():
        return
    manager = _manager()
    at = datetime.combine(anchor, time(9), tzinfo=UTC) - _SIGNED_AFTER
    keeping.save_grant(words=GRANT, emblem=demo_pictures.flag(), by=manager, at=at)
    for language, (statement, disclaimer) in WORDS.items():
        text = keeping.save_text(
            language=language,
            statement=statement,
            disclaimer=disclaimer,
            seen="",
            by=manager,
            at=at,
        )
        seen = keeping.digest(text)
        keeping.sign_off(language=language, seen=seen, by=manager, at=at + timedelta(hours=1))
    for number, partner in enumerate(Partner.objects.order_by("country__code", "pk")):
        picture = demo_pictures.mark(number)
        keeping.give_logo(partner=partner, picture=picture, by=manager, at=at)
    countries = list(Country.objects.order_by("code"))
    _plan(countries, manager, at)
    _cut(countries, anchor, manager, at)


def _manager() -> User:
    managers = User.objects.filter(person__memberships__role=Role.PROJECT_MANAGER)
    return managers.order_by("pk")[0]


def _plan(countries: list[Country], manager: User, at: datetime) -> None:
    places = {(key, ""): whole for key, (whole, _share) in PLAN.items()}
    shares = {(key, c.code): share for key, (_whole, share) in PLAN.items() for c in countries}
    planning.save(numbers=places | shares, by=manager, at=at)


def _cut(countries: list[Country], anchor: date, manager: User, at: datetime) -> None:
    """Three countries, up to the day of the check."""
    chosen = Chosen(
        name=NAMED,
        countries=tuple(country.pk for country in countries[:3]),
        materials=(),
        sections=(),
        start=None,
        end=anchor - timedelta(days=1),
        profile=Profile.AGENCY,
    )
    cuts.save(cut=None, chosen=chosen, by=manager, at=at)
