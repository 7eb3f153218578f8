"""Writing a practice down: a card for each version, and what is said of the practice as a whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from experts.models import Country, Partner, User
from materials.models import Material
from practices import permissions
from practices.domain import spam
from practices.domain.practices import topics
from practices.enums import CheckStep
from practices.models import Practice, PracticeVersion

# A version that its author can still write on.
OPEN = (CheckStep.DRAFT, CheckStep.RETURNED)


class NotOpen(NotPossible):
    """The version waits for a check or is published; nobody writes on it."""


class AtWork(NotPossible):
    """A new version of this practice is at work already."""


@dataclass(frozen=True)
class Card:
    """What a version says. Empty text where nothing is said; `inclusion` holds Inclusion values."""

    language: str
    title: str
    need: str
    steps: str
    place: str = ""
    resources: str = ""
    result: str = ""
    evidence: str = ""
    lessons: str = ""
    conditions: str = ""
    adaptable: str = ""
    licence: str = "CC BY 4.0"
    inclusion: tuple[str, ...] = ()
    what_changed: str = ""

    def texts(self) -> list[str]:
        """Everything that is typed freely, for what looks at words alone."""
        return [said for said in asdict(self).values() if isinstance(said, str)]

    def fields(self) -> dict[str, Any]:
        return asdict(self) | {"inclusion": list(self.inclusion)}


@dataclass(frozen=True)
class About:
    """What is said of a practice beside its versions; `started_on` is when it began to be used."""

    started_on: date
    topic_id: int | None = None
    tags: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()


@transaction.atomic
def describe(
    *, country: Country, card: Card, about: About, by: User, at: datetime
) -> PracticeVersion:
    """A new practice of a country, its first version a draft.

    It comes from its author's partner, or from the only one its country has. Raises Refused, and
    ForeignTopic for a topic that no charter in force names, Spam.
    """
    permissions.may_contribute(by)
    spam.check(*card.texts())
    practice = Practice(country=country, partner=_home(by, country), author=by.person)
    _say(practice, about, at)
    fields = card.fields() | {"what_changed": ""}
    return PracticeVersion.objects.create(practice=practice, number=1, **fields)


@transaction.atomic
def revise(*, practice_id: int, card: Card, by: User) -> PracticeVersion:
    """A new version of a published practice, a draft; the published one stays as it is.

    A draft that was thrown away before makes room. Raises Refused, Spam, and AtWork where one is
    being written already.
    """
    practice = _locked(practice_id)
    permissions.may_edit_practice(by, practice)
    if practice.versions.at_work().exists():
        raise AtWork(_("A new version of this practice is at work already; write on that one."))
    if practice.current is None or practice.retired_on is not None:
        raise AtWork(_("A new version follows a published one that is recommended."))
    spam.check(*card.texts())
    practice.versions.discarded().delete()
    number = practice.current.number + 1
    return PracticeVersion.objects.create(practice=practice, number=number, **card.fields())


@transaction.atomic
def save(
    *,
    version_id: int,
    card: Card,
    about: About | None,
    revision: int,
    by: User,
    at: datetime,
) -> PracticeVersion:
    """Writes a draft, or one that was given back. `about` is said with a first version.

    `revision` is the one that was opened. Raises Refused, NotOpen, ChangedMeanwhile, ForeignTopic,
    Spam.
    """
    version = locked(version_id)
    permissions.may_edit_practice(by, version.practice)
    if version.step not in OPEN or version.discarded_on is not None:
        raise NotOpen(_("This version is not a draft any more; nobody writes on it."))
    said = _(
        "Somebody saved this card after you opened it. What you typed stands below; look "
        "at theirs in another tab, then save again to put yours in its place."
    )
    revisions.check(version, revision, said)
    spam.check(*card.texts())
    if about is not None and version.number == 1:
        _say(version.practice, about, at)
    for name, value in card.fields().items():
        setattr(version, name, value)
    version.revision += 1
    version.save()
    return version


@transaction.atomic
def say_about(*, practice_id: int, about: About, by: User, at: datetime) -> None:
    """Topic, tags and materials of a published practice. Raises Refused, ForeignTopic."""
    practice = _locked(practice_id)
    permissions.may_edit_practice(by, practice)
    _say(practice, about, at)


def locked(version_id: int) -> PracticeVersion:
    """A version with its practice, both held until the transaction ends."""
    versions = PracticeVersion.objects.select_for_update(of=("self", "practice"))
    return versions.select_related("practice__author", "practice__country", "screened_by").get(
        pk=version_id
    )


def _locked(practice_id: int) -> Practice:
    rows = Practice.objects.select_for_update(of=("self",)).select_related("author", "country")
    return rows.get(pk=practice_id)


def _say(practice: Practice, about: About, at: datetime) -> None:
    # A topic it carries already is kept when the charter moved on.
    if about.topic_id is None:
        practice.topic = None
    elif about.topic_id != practice.topic_id:
        practice.topic = topics.checked(about.topic_id, practice.country)
    practice.tags = list(about.tags)
    practice.started_on = about.started_on
    practice.save()
    practice.materials.set(about.materials)


def _home(by: User, country: Country) -> Partner | None:
    partner = by.person.partner
    if partner is not None and partner.country_id == country.pk:
        return partner
    partners = list(Partner.objects.filter(country=country)[:2])
    return partners[0] if len(partners) == 1 else None
