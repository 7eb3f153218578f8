"""A review round is opened, filled with experts and closed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.enums import Role
from experts.models import Country, Membership, Person, User
from feedback.reviews import permissions
from feedback.reviews.domain import closing, identity, notices, phases, policies, rubrics
from feedback.reviews.domain.panel import eligibility
from feedback.reviews.domain.phases import RoundClosed
from feedback.reviews.enums import Blindness
from feedback.reviews.models import Assignment, ReviewRound, RoundGroup, Rubric
from materials.domain import renditions
from materials.models import Version

# Fewer reviews than this carry no verdict, and would tell who said what.
PANEL = 3
LATE_STARTERS_HAVE = timedelta(days=7)
_LONGEST_NAME = 150


class AlreadyOpen(NotPossible):
    """This panel already has an open round on this version."""


class DueInThePast(NotPossible):
    """The day by which reviews are wanted is over."""


class OwnWork(NotPossible):
    """Nobody rates their own work."""


@dataclass(frozen=True)
class Terms:
    """How rounds are led: until when, with which words, who is hidden, how large the panel is.

    `panel_size` is the number of experts wanted of each country; the quotas count within the panel.
    `previous` is the round this one follows; without it, the last one on an earlier version.
    """

    due_on: date
    instruction: str = ""
    blindness: str = Blindness.BOTH
    accept_first: bool = False
    panel_size: int = PANEL
    quota_practitioners: int = 0
    quota_lived: int = 0
    rubric: Rubric | None = None
    previous: ReviewRound | None = None


@transaction.atomic
def open_rounds(
    *,
    versions: Sequence[Version],
    countries: Collection[Country],
    terms: Terms,
    by: User,
    at: datetime,
) -> list[ReviewRound]:
    """Opens one round for each version, in their order; several of them become a group.

    The rubric is frozen from then on; without one the best fitting is taken for each version.
    Without a country the rounds are open to the experts of all. All of them are opened or none.
    Raises Refused, AlreadyOpen, DueInThePast, NoRubric.
    """
    permissions.may_open(by, {country.pk for country in countries})
    if terms.due_on < to_wall(at, by.person.zone).date():
        raise DueInThePast(_("Choose a day that is still to come."))
    keys = [version.pk for version in versions]
    list(Version.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    group = _group(versions, by, at) if len(versions) > 1 else None
    return [_open(version, countries, terms, group, by, at) for version in versions]


def open_round(
    *, version: Version, country: Country | None, by: User, at: datetime, **terms: Any
) -> ReviewRound:
    """Opens a round on one version for one country or for all; see open_rounds."""
    countries = [country] if country else []
    opened = open_rounds(
        versions=[version], countries=countries, terms=Terms(**terms), by=by, at=at
    )
    return opened[0]


def _group(versions: Sequence[Version], by: User, at: datetime) -> RoundGroup:
    names = [f"{version.material.code} v{version.number}" for version in versions]
    name = ", ".join(names)
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME].rpartition(', ')[0]} …"
    return RoundGroup.objects.create(name=name, opened_by=by.person, opened_at=at)


def _open(
    version: Version,
    countries: Collection[Country],
    terms: Terms,
    group: RoundGroup | None,
    by: User,
    at: datetime,
    rubric: Rubric | None = None,
) -> ReviewRound:
    country = next(iter(countries)) if len(countries) == 1 else None
    if ReviewRound.objects.open().filter(version=version, country=country).exists():
        raise AlreadyOpen(
            _("A review round on %(title)s, version %(number)d, is open already.")
            % {"title": version.material.title, "number": version.number}
        )
    rubric = rubrics.check_usable(terms.rubric) if terms.rubric else rubrics.for_version(version)
    Rubric.objects.filter(pk=rubric.pk, frozen_at__isnull=True).update(frozen_at=at)
    review_round = ReviewRound.objects.create(
        version=version,
        policy=policies.current(at),
        country=country,
        group=group,
        opened_by=by.person,
        opened_at=at,
        **vars(terms)
        | {"rubric": rubric, "previous": terms.previous or _previous(version, country)},
    )
    # Reviewers read a copy without names; it is made while they are being chosen.
    renditions.prepare(version=version, at=at)
    if country is None:
        review_round.countries.set(countries)
    _record("review round opened", review_round, by, at)
    return review_round


def _previous(version: Version, country: Country | None) -> ReviewRound | None:
    """The newest closed round on an earlier version in the same language; the same panel first."""
    found = ReviewRound.objects.filter(
        version__material=version.material_id,
        version__language=version.language,
        version__number__lt=version.number,
        closed_at__isnull=False,
    )
    same_panel = Q(country=country)
    ordered = found.order_by("-version__number", "-closed_at")
    return ordered.filter(same_panel).first() or ordered.first()


@transaction.atomic
def assign(*, round_id: int, people: Iterable[Person], by: User, at: datetime) -> int:
    """Asks experts to review; who was asked before is left alone. How many are new.

    Who is asked when the round's day is over has a week from then.
    Raises Refused without the right over one of their countries, RoundClosed, OwnWork,
    eligibility.Barred for a conflict of interest or a language that is not read.
    """
    review_round = _locked(round_id)
    permissions.may_assign(by, review_round)
    phases.check_asks(review_round)
    known = set(identity.people_in(review_round).values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in known]
    _check(review_round, new, by)
    codes = identity.give_codes(review_round, new)
    due_on = _due_for_new(review_round, to_wall(at, by.person.zone).date())
    Assignment.objects.bulk_create(
        Assignment(
            round=review_round,
            reviewer_code=code,
            country=person.country,  # candidates have one
            due_on=due_on,
        )
        for code, person in codes.items()
    )
    if new:
        notices.tell_assigned(review_round, new, due_on=due_on, at=at)
        _record("experts assigned", review_round, by, at, people=len(new))
    return len(new)


@transaction.atomic
def close_round(*, round_id: int, by: User, at: datetime) -> ReviewRound:
    """Closes a round; drafts stay with their writers. Closing twice changes nothing.

    Raises Refused, closing.CannotClose while something is left open.
    """
    review_round = _locked(round_id)
    permissions.may_close(by, review_round)
    if review_round.closed_at is None:
        closing.check(review_round, by)
        review_round.closed_at = at
        review_round.save(update_fields=["closed_at"])
        notices.take_back_reminders(review_round)
        _record("review round closed", review_round, by, at)
        closing.tell_closed(review_round, at)
    return review_round


@transaction.atomic
def change_due_day(*, round_id: int, due_on: date, by: User, at: datetime) -> ReviewRound:
    """Sets another day for the reviews that are still to come; reminders follow it.

    Raises Refused, RoundClosed, DueInThePast.
    """
    review_round = _locked(round_id)
    permissions.may_close(by, review_round)
    if review_round.closed_at:
        raise RoundClosed(_("This review round is closed."))
    if due_on < to_wall(at, by.person.zone).date():
        raise DueInThePast(_("Choose a day that is still to come."))
    if due_on == review_round.due_on:
        return review_round
    review_round.due_on = due_on
    review_round.save(update_fields=["due_on"])
    Assignment.objects.waiting().filter(round=review_round).update(due_on=due_on)
    notices.take_back_reminders(review_round)
    waiting = identity.people_waited_for(review_round)
    notices.plan_reminders(review_round, waiting, due_on=due_on, at=at)
    _record("review due day changed", review_round, by, at)
    return review_round


def candidates(review_round: ReviewRound, user: User) -> QuerySet[Person]:
    """Experts this person may ask: of own countries, with an account, not asked, no own work."""
    experts = Membership.objects.current().filter(role=Role.EXPERT)
    if scope := review_round.scope():
        experts = experts.filter(cop__country_id__in=scope)
    if not user.access.is_manager:
        experts = experts.filter(cop__country_id__in=user.access.countries(Role.COORDINATOR))
    return (
        Person.objects.visible_to(user)
        .filter(pk__in=experts.values("person_id"), user__is_active=True, country__isnull=False)
        .exclude(pk__in=identity.people_in(review_round))
        .exclude(_made(review_round.version))
        .select_related("country", "expert")
        .order_by("country__code", "name", "pk")
    )


def _due_for_new(review_round: ReviewRound, today: date) -> date:
    return review_round.due_on if review_round.due_on >= today else today + LATE_STARTERS_HAVE


def _made(version: Version) -> Q:
    """People whose own work the material is: its owner, and who uploaded any of its versions."""
    uploaders = Version.objects.filter(material=version.material_id).values("uploaded_by_id")
    return Q(pk=version.material.owner_id) | Q(pk__in=uploaders)


def _check(review_round: ReviewRound, people: list[Person], by: User) -> None:
    keys = [person.pk for person in people]
    allowed = set(candidates(review_round, by).filter(pk__in=keys).values_list("pk", flat=True))
    if Person.objects.filter(_made(review_round.version), pk__in=keys).exists():
        raise OwnWork(_("Nobody reviews their own work: choose somebody else."))
    if set(keys) - allowed:
        raise Refused(_("Choose experts of a country that you coordinate."))
    eligibility.check(review_round, people)


def _locked(round_id: int) -> ReviewRound:
    rounds = ReviewRound.objects.select_for_update(of=("self",))
    return rounds.select_related("version__material").get(pk=round_id)


def _record(deed: str, review_round: ReviewRound, by: User, at: datetime, **detail: Any) -> None:
    audit.record(
        deed=deed, about=review_round, by=by, at=at, country_id=review_round.country_id, **detail
    )
