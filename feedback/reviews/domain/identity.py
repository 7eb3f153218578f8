"""Who is behind a reviewer code: the one module that reads that table.

Everything else knows codes only. Answers go to the person concerned; anybody else's question is
for the project manager and is written down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from cop_platform.common.prepared import Asked, Prepared, Slot
from cop_platform.common.refusals import Refused
from experts.domain import audit
from experts.models import Person, User
from feedback.reviews.models import Assignment, Criterion, ReviewerIdentity, ReviewRound
from feedback.reviews.querysets import AssignmentQuerySet

K = TypeVar("K", bound=Hashable)


def codes_of(person: Any) -> QuerySet:
    """The codes of a person, as a query to filter by."""
    return ReviewerIdentity.objects.filter(person=person).values("reviewer_code")


_WAITING = Prepared(
    lambda: (
        Assignment.objects.filter(reviewer_code__in=codes_of(Slot("person")), round=Slot("round"))
        .waiting()
        .order_by()
        .values_list("pk")
    )
)


def of(person: Any) -> AssignmentQuerySet:
    """The assignments of a person, who may be a slot: to filter by, or to show that person."""
    found: AssignmentQuerySet = Assignment.objects.filter(reviewer_code__in=codes_of(person))
    return found


def own(user: User) -> AssignmentQuerySet:
    """One's own assignments: the only ones a person opens at the desk."""
    return of(user.person) if user.access.is_member else Assignment.objects.none()


@dataclass(frozen=True)
class Seat:
    """One assignment of a round, and whether it is the asking person's."""

    pk: int
    code: UUID
    is_own: bool


_SEATS = Prepared(
    lambda: (
        Assignment.objects.filter(round=Slot("round"))
        .order_by()
        .annotate(
            is_own=Exists(
                codes_of(Slot("person")).filter(reviewer_code=OuterRef("reviewer_code")).order_by()
            )
        )
        .values_list("pk", "reviewer_code", "is_own")
    )
)


def codes_in(review_round: ReviewRound, user: User) -> list[Seat]:
    """Everybody asked in a round, by code; the one of the person themselves is marked."""
    return [Seat(*row) for row in _SEATS.all(round=review_round.pk, person=user.person.pk)]


def still_rates(user: User, review_round: ReviewRound) -> bool:
    """Whether this person was asked in the round and has not sent the review yet."""
    return bool(_WAITING.all(person=user.person.pk, round=review_round.pk))


def _with_desk(assignments: AssignmentQuerySet) -> QuerySet[Assignment]:
    """All that the desk shows, but for the criteria."""
    found = assignments.with_version().select_related("draft", "round__rubric__sample")
    return found.order_by("due_on", "reviewer_code")


_IN_ORDER = Prefetch("round__rubric__criteria", Criterion.objects.order_by("position"))
_DESK = Prepared(lambda: _with_desk(of(Slot("person"))))


def desk_of(user: User) -> QuerySet[Assignment]:
    """One's own assignments with all that the desk shows, criteria in their order."""
    return _with_desk(own(user)).prefetch_related(_IN_ORDER)


def desks_of(user: User) -> list[Assignment]:
    """The same as a list of all of them, for a page that is opened every day."""
    found = _DESK.all(person=user.person.pk) if user.access.is_member else []
    prefetch_related_objects(found, _IN_ORDER)
    return found


_TO_WRITE = Prepared(
    lambda: (
        of(Slot("person"))
        .wanted()
        .select_related("round__version__material", "draft")
        .order_by("due_on", "reviewer_code")
    )
)
_CRITERIA = Prepared(
    lambda: Criterion.objects.filter(
        rubric__in=of(Slot("person")).wanted().order_by().values("round__rubric")
    ).order_by("position")
)


def asked_to_write(person: Person) -> dict[str, Asked]:
    """The questions for a person's own reviews that are still to be written, the most urgent first,
    and for the criteria of their rubrics.
    """
    return {
        "assignments": _TO_WRITE.asked(person=person.pk),
        "criteria": _CRITERIA.asked(person=person.pk),
    }


def versions_to_read(user: User) -> QuerySet:
    """Ids of the versions a person was asked to review, and so may read before release.

    Not of reviews that were declined; where experts accept first, only of those accepted.
    """
    found = own(user).opened()
    return found.order_by().values("round__version_id")


def has_sent(user: User, review_round: ReviewRound) -> bool:
    """Whether this person handed in a review in the round; asked of oneself only."""
    return own(user).filter(round=review_round, submitted_on__isnull=False).exists()


def without_reviewers(people: QuerySet[Person], review_round: ReviewRound) -> QuerySet[Person]:
    """Those who handed nothing in: for asking whether anybody is left, never for a list."""
    sent = Assignment.objects.submitted().filter(round=review_round).values("reviewer_code")
    wrote = ReviewerIdentity.objects.filter(reviewer_code__in=sent)
    return people.exclude(pk__in=wrote.values("person_id"))


def is_mine(user: User, code: UUID) -> bool:
    """Whether a code is this person's."""
    return ReviewerIdentity.objects.filter(reviewer_code=code, person=user.person).exists()


def assignment_of(*, round_id: int, person: Person) -> Assignment | None:
    """A person's assignment in a round, for mails to that person."""
    found = Assignment.objects.filter(round_id=round_id, reviewer_code__in=codes_of(person))
    return found.with_version().first()


def people_in(review_round: ReviewRound) -> QuerySet:
    """Ids of the people assigned in a round, as a query: whom not to ask again."""
    return ReviewerIdentity.objects.filter(round=review_round).values("person_id")


def names_in(review_round: ReviewRound) -> dict[UUID, str]:
    """Names by code, for readers to whom the blind mode of the round shows them and nobody else."""
    found = ReviewerIdentity.objects.filter(round=review_round)
    return dict(found.values_list("reviewer_code", "person__name"))


def panel_of(review_round: ReviewRound) -> list[Person]:
    """Everybody asked in a round, sent or not, for mails to them: who is told tells nothing."""
    found = ReviewerIdentity.objects.filter(round=review_round).select_related("person")
    return [identity.person for identity in found.order_by("person_id")]


def asked_in(round_ids: Iterable[int]) -> dict[int, set[int]]:
    """Ids of everybody asked in some rounds, sent, declined or neither, by round."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = ReviewerIdentity.objects.filter(round__in=list(round_ids)).order_by()
    for round_id, person_id in rows.values_list("round_id", "person_id"):
        found[round_id].add(person_id)
    return found


def on_panels(round_ids: Iterable[int]) -> dict[int, list[Person]]:
    """Who makes up the panels of some rounds, by round: everybody asked who has not declined.

    For counting what a panel needs; who declined is shown on no page.
    """
    rounds = list(round_ids)
    declined = Assignment.objects.filter(round__in=rounds, declined_on__isnull=False)
    rows = ReviewerIdentity.objects.filter(round__in=rounds).exclude(
        reviewer_code__in=declined.values("reviewer_code")
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for row in rows.select_related("person__expert").order_by("person_id"):
        found[row.round_id].append(row.person)
    return found


def people_waited_for(review_round: ReviewRound) -> list[Person]:
    """Who still has a review to write in a round, for mails to them."""
    codes = Assignment.objects.waiting().filter(round=review_round, released_on__isnull=True)
    found = ReviewerIdentity.objects.filter(
        round=review_round, reviewer_code__in=codes.values("reviewer_code")
    )
    return [identity.person for identity in found.select_related("person").order_by("person_id")]


def reader_of(assignment: Assignment) -> Person:
    """Whose an assignment is, for a mail to that person and for nothing else."""
    identity = ReviewerIdentity.objects.select_related("person")
    return identity.get(reviewer_code=assignment.reviewer_code).person


def asked_in_open_rounds(people: Iterable[Person]) -> dict[int, int]:
    """In how many open rounds people were asked, sent or not: what is done stays unsaid."""
    found = ReviewerIdentity.objects.filter(person__in=list(people), round__closed_at__isnull=True)
    counted = found.order_by().values_list("person_id").annotate(n=Count("pk"))
    return dict(counted)


def professions_of(assignments: QuerySet[Assignment]) -> dict[int, Counter[str]]:
    """How many of each profession wrote these reviews, by country; whose is whose is not told."""
    country = assignments.filter(reviewer_code=OuterRef("reviewer_code")).values("country_id")
    rows = (
        ReviewerIdentity.objects.filter(reviewer_code__in=assignments.values("reviewer_code"))
        .order_by()
        .annotate(of=Subquery(country[:1]))
        .values_list("of", "person__expert__profession")
        .annotate(n=Count("pk"))
    )
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for country_id, profession, n in rows:
        if profession:
            found[country_id][profession] += n
    return found


@dataclass(frozen=True)
class Member:
    """Somebody who wrote a review, as reports count people; `country` is its ISO 3166 code,
    `profession` "" where none is known.
    """

    person: int
    country: str
    profession: str
    years: int | None
    groups: tuple[str, ...]
    languages: tuple[str, ...]


def members_of(assignments: QuerySet[Assignment]) -> list[Member]:
    """Everybody behind these assignments, once each; whose is whose is not told."""
    codes = assignments.order_by().values("reviewer_code")
    rows = ReviewerIdentity.objects.filter(reviewer_code__in=codes).order_by("person_id")
    names = (
        "country__iso_code",
        "expert__profession",
        "expert__years",
        "expert__groups",
        "languages",
    )
    found = rows.distinct().values_list("person_id", *(f"person__{name}" for name in names))
    return [
        Member(pk, country or "", profession or "", years, tuple(groups or ()), tuple(languages))
        for pk, country, profession, years, groups, languages in found
    ]


def asked_about(material_ids: Iterable[int]) -> list[tuple[int, int | None, Person]]:
    """(material id, country id, person) of everybody asked in an open round, sent or not."""
    found = ReviewerIdentity.objects.filter(
        round__version__material__in=list(material_ids), round__closed_at__isnull=True
    ).select_related("person", "round__version")
    return [(i.round.version.material_id, i.person.country_id, i.person) for i in found]


def people_asked_about(version_id: int) -> list[Person]:
    """Everybody asked in an open round on a version, sent or not: who is told tells nothing."""
    found = ReviewerIdentity.objects.filter(
        round__version_id=version_id, round__closed_at__isnull=True
    )
    return [identity.person for identity in found.select_related("person").order_by("person_id")]


def by_month(people: Set[int] | None = None) -> QuerySet:
    """(person id, country id, first instant of a month) of each review sent in a round that was
    closed in that month; of these people or of all. No key leads to the round.
    """
    sent = Assignment.objects.submitted().filter(round__closed_at__isnull=False)
    found = ReviewerIdentity.objects.filter(reviewer_code__in=sent.values("reviewer_code"))
    found = found if people is None else found.filter(person__in=people)
    months = found.annotate(month=TruncMonth("round__closed_at", tzinfo=UTC)).order_by("person_id")
    return months.values_list("person_id", "person__country_id", "month")


def reach(groups: Mapping[K, Set[UUID]]) -> dict[K, int]:
    """How many people stand behind the codes of each group, each counted once; one query."""
    codes = set().union(*groups.values())
    rows = ReviewerIdentity.objects.filter(reviewer_code__in=codes).order_by()
    people = dict(rows.values_list("reviewer_code", "person_id"))
    return {key: len({people[code] for code in found}) for key, found in groups.items()}


def codes_by_group(codes: Iterable[UUID], groups: Mapping[K, Set[int]]) -> dict[K, set[UUID]]:
    """Which of some codes are those of each group of people, for adding up; one query.

    For groups that are large enough to be told of: whose a code is within one is not told.
    """
    rows = ReviewerIdentity.objects.filter(reviewer_code__in=list(codes)).order_by()
    people = list(rows.values_list("reviewer_code", "person_id"))
    return {key: {code for code, who in people if who in group} for key, group in groups.items()}


def give_codes(review_round: ReviewRound, people: Iterable[Person]) -> dict[UUID, Person]:
    """A new code for each person, in the order of the codes, which is no order of people."""
    made = [ReviewerIdentity(round=review_round, person=person) for person in people]
    made.sort(key=lambda identity: identity.reviewer_code)
    ReviewerIdentity.objects.bulk_create(made)
    return {identity.reviewer_code: identity.person for identity in made}


def person_of(code: UUID, *, by: User, at: datetime) -> Person:
    """Who is behind a code, for the project manager in a case of need; the look is recorded.

    Raises Refused for everybody else.
    """
    if not by.access.is_manager:
        raise Refused(_("Who wrote a review is known to nobody but its writer."))
    identity = ReviewerIdentity.objects.select_related("person").get(reviewer_code=code)
    assignment = Assignment.objects.get(reviewer_code=code)
    audit.record(
        deed="reviewer looked up",
        about=assignment,
        by=by,
        at=at,
        country_id=assignment.country_id,
    )
    return identity.person
