"""The demo project's reviews: ten rounds that are closed, two that run, told from the anchor."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F

from experts.enums import MessageState, Role
from experts.models import Membership, Message, Person, User
from feedback.reviews import demo_discussion
from feedback.reviews.demo_words import HESITATED, KIND, LOW, MEND, REASON
from feedback.reviews.domain import identity, notices, rounds, rubrics
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Assignment, Criterion, Draft, Rating, ReviewRound
from materials.models import Version


@dataclass(frozen=True)
class DemoRound:
    """A round: how many experts a country sends, and which criteria the material is weak in."""

    code: str
    weak: tuple[str, ...] = ()
    per_country: int = 6
    is_open: bool = False
    split: bool = False
    # The rubric that is made for such materials, with questions of several kinds.
    own_rubric: bool = False


ROUNDS = [
    DemoRound("M01", per_country=7),
    DemoRound("M02", ("C4",)),
    DemoRound("M03", ("C8",)),
    DemoRound("M04"),
    DemoRound("M05", ("C1",), 5),
    DemoRound("M06", ("C9",)),
    DemoRound("M07", per_country=7),
    DemoRound("M08", ("C1", "C4"), 5),
    DemoRound("M09", ("C7",), 5),
    DemoRound("M10", (), 4, is_open=True, own_rubric=True),
    DemoRound("M11", (), 4, is_open=True),
    # Planted: two camps that do not agree.
    DemoRound("M12", ("C1", "C10"), 5, split=True),
]
COUNTRIES = ("BG", "DE", "EL", "IT", "ES", "SE")
SMALL = {"ES": 3}
NEWCOMERS = {"expert.bg-01@demo.example", "expert.bg-02@demo.example"}
INSTRUCTION = (
    "Please read it as if a colleague had to use it tomorrow. Say what you would change, "
    "also where you are content."
)


def seed(anchor: date) -> None:
    """Creates the rounds that are missing, on the newest English version of each material."""
    manager = User.objects.get(email="manager@demo.example")
    experts = _experts()
    for number, item in enumerate(ROUNDS):
        version = _newest(item.code)
        if version and not ReviewRound.objects.filter(version=version).exists():
            _create(item, number, version, experts, manager, anchor)


def _newest(code: str) -> Version | None:
    """The newest English version of a material; of another language where there is none."""
    versions = Version.objects.filter(material__code=code).order_by("-number")
    return versions.filter(language="en").first() or versions.first()


def _experts() -> dict[str, list[Person]]:
    rows = Membership.objects.current().filter(role=Role.EXPERT, person__user__isnull=False)
    found: dict[str, list[Person]] = {code: [] for code in COUNTRIES}
    for row in rows.select_related("person__country").order_by("person__email"):
        if row.person.country:
            found.setdefault(row.person.country.code, []).append(row.person)
    return found


def _create(
    item: DemoRound,
    number: int,
    version: Version,
    experts: dict[str, list[Person]],
    manager: User,
    anchor: date,
) -> None:
    opened_on = _opened_on(item, number, version, anchor)
    opened_at = datetime.combine(opened_on, time(8), tzinfo=UTC)
    review_round = rounds.open_round(
        version=version,
        country=None,
        due_on=opened_on + timedelta(days=12 if item.is_open else 21),
        instruction=INSTRUCTION,
        by=manager,
        at=opened_at,
        rubric=None if item.own_rubric else rubrics.current(),
    )
    people = list(_panel(item, number, experts))
    allowed = rounds.candidates(review_round, manager).filter(pk__in=[p.pk for p in people])
    rounds.assign(round_id=review_round.pk, people=allowed, by=manager, at=opened_at)
    _write(item, review_round, people, opened_on)
    demo_discussion.lead(review_round, manager=manager, at=opened_at)
    if not item.is_open:
        closed_at = opened_at + timedelta(days=24)
        rounds.close_round(round_id=review_round.pk, by=manager, at=closed_at)
    mark_told(review_round, anchor)


def _opened_on(item: DemoRound, number: int, version: Version, anchor: date) -> date:
    """The first rounds are the oldest, the two that run were opened last week; none of them before
    its version was there.
    """
    if item.is_open:
        return anchor - timedelta(days=7)
    there = version.uploaded_at.date() + timedelta(days=3)
    return max(anchor - timedelta(days=300 - 20 * number), there)


def _panel(item: DemoRound, number: int, experts: dict[str, list[Person]]) -> Iterable[Person]:
    """Some experts of each country, others in each round; newcomers get one running round."""
    for code in COUNTRIES:
        pool = experts[code]
        size = min(item.per_country, SMALL.get(code, 99), len(pool))
        start = 10 - number if item.is_open and code == "BG" else 2 * number
        yield from (pool[(start + step) % len(pool)] for step in range(size))


def _write(
    item: DemoRound, review_round: ReviewRound, people: list[Person], opened_on: date
) -> None:
    """Ratings of who has answered, drafts of who has begun, nothing yet of the newcomers.

    Chance is seeded by the round and runs country by country, so that a country's figures come
    out the same in every demo, although the codes do not.
    """
    chance = random.Random(item.code)
    criteria = list(review_round.rubric.criteria.all())
    newcomers = [p for p in people if item.is_open and p.email in NEWCOMERS]
    found = (identity.assignment_of(round_id=review_round.pk, person=p) for p in newcomers)
    waiting = [assignment.pk for assignment in found if assignment]
    rest = review_round.assignments.exclude(pk__in=waiting)
    ratings: list[Rating] = []
    answered: list[Assignment] = []
    for place, assignment in enumerate(rest.order_by("country__code", "reviewer_code")):
        if item.is_open and place % 3 == 0:
            if place % 2:
                _begin(assignment, criteria, opened_on)
            continue
        if not item.is_open and place % 11 == 10:
            continue
        assignment.submitted_on = opened_on + timedelta(days=1 + (place * 5) % 6)
        answered.append(assignment)
        told = _of_kinds if item.own_rubric else _ratings
        ratings += told(item, assignment, criteria, chance, place)
    Assignment.objects.bulk_update(answered, ["submitted_on"])
    Rating.objects.bulk_create(ratings)


def _ratings(
    item: DemoRound,
    assignment: Assignment,
    criteria: list[Criterion],
    chance: random.Random,
    place: int,
) -> Iterable[Rating]:
    for criterion in criteria:
        rating = Rating(assignment=assignment, criterion=criterion, wording=criterion.text)
        if criterion.code == "C7" and chance.random() < 0.12:
            rating.not_applicable, rating.na_reason = True, REASON
        else:
            rating.score = _score(item, criterion.code, chance, place)
            rating.comment = _comment(criterion.code, rating.score, chance)
            rating.suggestion = _suggestion(criterion.code, rating.score, place)
            # Drawn from the place: another draw of chance would change every figure that follows.
            rating.confidence = (3, 2, 3, 1, None)[(place + criterion.position) % 5]
        yield rating


def _of_kinds(
    _item: DemoRound,
    assignment: Assignment,
    criteria: list[Criterion],
    chance: random.Random,
    place: int,
) -> Iterable[Rating]:
    """Content reviewers, so that nothing has to be mended; some leave the last question out."""
    for criterion in criteria:
        rating = Rating(
            assignment=assignment,
            criterion=criterion,
            wording=criterion.text,
            kind=criterion.kind,
            weight=criterion.weight,
        )
        if criterion.kind == CriterionKind.TEXT:
            if place % 3 == 2:
                continue
            rating.comment = HESITATED[place % len(HESITATED)]
        elif criterion.kind == CriterionKind.CHECK:
            rating.score = chance.choices((1, 2), (1, 4))[0]
        else:
            rating.score = chance.choices((3, 4), (2, 3))[0]
        yield rating


def _score(item: DemoRound, code: str, chance: random.Random, place: int) -> int:
    if item.split and code in {"C1", "C2", "C3", "C10"}:
        return chance.choice((1, 2)) if place % 2 else 4
    weights = (4, 30, 46, 20) if code in item.weak else (0, 4, 36, 60)
    return chance.choices((1, 2, 3, 4), weights)[0]


def _comment(code: str, score: int, chance: random.Random) -> str:
    if score <= 2:
        return chance.choice(LOW[code])
    return chance.choice(KIND) if chance.random() < 0.08 else ""


def _suggestion(code: str, score: int, place: int) -> str:
    mends = MEND[code]
    return mends[place % len(mends)] if score <= 2 else ""


def _begin(assignment: Assignment, criteria: list[Criterion], opened_on: date) -> None:
    answers = {str(criterion.pk): {"score": "3"} for criterion in criteria[:4]}
    saved_at = datetime.combine(opened_on + timedelta(days=2), time(10, 32), tzinfo=UTC)
    Draft.objects.create(assignment=assignment, answers=answers, revision=4, saved_at=saved_at)


def mark_told(review_round: ReviewRound, anchor: date) -> None:
    """Mails of the past count as sent in their time; reminders still to come really go out."""
    Message.objects.planned().filter(
        kind__in=[*notices.KINDS, notices.RESPONSE, notices.WAVE],
        object_id=review_round.pk,
        due_at__lt=datetime.combine(anchor, time.min, tzinfo=UTC),
    ).update(state=MessageState.SENT, sent_at=F("due_at"), read_at=F("due_at"), attempts=1)
