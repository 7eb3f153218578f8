"""The demo's good practices, their versions, checks and adoptions."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from experts.models import Partner, Person, Topic
from materials.models import Material
from practices.demo.practice_cards import ADOPTIONS, PRACTICES, DemoAdoption, DemoPractice
from practices.domain.practices import news, topics
from practices.enums import CheckStep
from practices.models import Adoption, Follow, Practice, PracticeVersion

_DOMAIN = "demo.example"
# Who checks, by country: always somebody from abroad.
_CHECKER = {"BG": "it", "DE": "se", "EL": "bg", "IT": "de", "ES": "bg", "SE": "el"}


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    for data in PRACTICES:
        if not PracticeVersion.objects.filter(title=data.versions[0].title).exists():
            _practice(data, anchor)
    for use in ADOPTIONS:
        _adoption(use, anchor)


def _practice(data: DemoPractice, anchor: date) -> None:
    author = _person(f"expert.{data.code.lower()}-{data.author:02d}")
    country = author.country
    assert country is not None
    practice = Practice.objects.create(
        country=country,
        partner=Partner.objects.filter(country=country).first(),
        author=author,
        topic=_topic(data, author, anchor),
        tags=list(data.tags),
        maturity=data.maturity,
        started_on=anchor - relativedelta(months=data.started),
    )
    practice.materials.set(Material.objects.filter(code__in=data.materials))
    for number, card in enumerate(data.versions, start=1):
        version = PracticeVersion(practice=practice, number=number, **card.fields())
        if number <= len(data.published):
            _publish(version, data, anchor - relativedelta(months=data.published[number - 1]))
        else:
            _at_work(version, data, anchor)
    Follow.objects.get_or_create(
        person=_person(f"facilitator.{_CHECKER[data.code]}"),
        kind=news.FOLLOWED,
        object_id=practice.pk,
    )


def _publish(version: PracticeVersion, data: DemoPractice, day: date) -> None:
    version.step = CheckStep.PUBLISHED
    version.submitted_on = day - relativedelta(days=20)
    version.screened_by = _person(f"coordinator.{data.code.lower()}")
    version.screened_on = day - relativedelta(days=12)
    version.checked_by = _person(f"expert.{_CHECKER[data.code]}-01")
    version.published_on = day
    version.save()
    version.practice.current = version
    version.practice.save(update_fields=["current"])


def _at_work(version: PracticeVersion, data: DemoPractice, anchor: date) -> None:
    version.step = data.step
    version.submitted_on = anchor - relativedelta(days=6)
    version.returned_why = data.returned_why
    if data.step == CheckStep.SCREENED:
        version.screened_by = _person(f"coordinator.{data.code.lower()}")
        version.screened_on = anchor - relativedelta(days=3)
    version.save()


def _adoption(data: DemoAdoption, anchor: date) -> None:
    version = PracticeVersion.objects.get(title=data.title, number=data.number)
    day = anchor - relativedelta(months=data.months)
    became = Practice.objects.filter(current__title=data.became).first() if data.became else None
    Adoption.objects.get_or_create(
        version=version,
        partner=Partner.objects.filter(country__code=data.code).get(),
        defaults={
            "person": _person(f"partner.{data.code.lower()}"),
            "use": data.use,
            "adapted": data.adapted,
            "outcome": data.outcome,
            "adopted_on": day,
            "reported_on": day + relativedelta(days=30) if data.outcome else None,
            "became": became,
        },
    )


def _topic(data: DemoPractice, author: Person, anchor: date) -> Topic | None:
    assert author.country is not None
    return topics.of(author.country).filter(name=data.topic).first()


def _person(local: str) -> Person:
    return Person.objects.select_related("country").get(email=f"{local}@{_DOMAIN}")
