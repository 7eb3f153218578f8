"""The demo's promises: joint tasks, one overdue, and the lessons of a look back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from experts.domain import outbox
from experts.models import CommunityOfPractice, User
from sessions.domain.actions import settling, telling, writing
from sessions.domain.actions.writing import ActionPlan, Source
from sessions.domain.lessons import writing as lessons
from sessions.domain.lessons.writing import Learnt
from sessions.enums import Kind
from sessions.models import ActionItem, CopSession, Lesson


@dataclass(frozen=True)
class Told:
    """A promise, in days from the anchor: written down, due, and perhaps over."""

    countries: tuple[str, ...]
    owner: str
    title: str
    written: int
    due: int
    details: str = ""
    session: str = ""
    over: int | None = None
    dropped: str = ""


_ACTIONS = (
    Told(
        ("BG", "SE"),
        "expert.bg-02",
        "Try the picture cards with five people in each country",
        -30,
        25,
        "The same ten cards; we note which of them opened a talk.",
    ),
    Told(
        ("DE", "ES"),
        "expert.es-01",
        "Write one page on evening hours for people on shifts",
        -60,
        -9,
        "Germany tells how it began, Spain what it changed.",
    ),
    Told(
        ("EL", "IT"),
        "expert.it-04",
        "Compare what employers read first",
        -40,
        18,
        "Three employers in each country, twenty minutes each.",
    ),
    Told(
        ("BG", "DE", "SE"),
        "expert.de-03",
        "One sheet of questions for the practice fair",
        -20,
        12,
        session="Practice fair: portfolio cafes",
    ),
    Told(
        ("BG", "IT"),
        "expert.it-01",
        "Swap two case descriptions on care work",
        -205,
        -150,
        session="Two countries show: care work",
        over=-160,
    ),
    Told(("BG",), "expert.bg-04", "Ask the library for a room with a door", -50, -20, over=-24),
    Told(
        ("ES",),
        "expert.es-03",
        "Translate the consent talk into Tigrinya",
        -90,
        -30,
        over=-45,
        dropped="Italy has one already; we use theirs.",
    ),
)
_REVIEW = ("ES", "Looking back at the summer")
_LESSONS = (
    Learnt(
        "Eight people at each meeting in July and August.",
        "Two or three came; one meeting had nobody.",
        "We kept the hours of the winter, and half of them work in the season.",
        "We meet in the evening from June to September",
    ),
    Learnt(
        "Everybody brings their papers to the second meeting.",
        "Four of ten came without any.",
        "The list of papers was in the invitation only, and in Spanish.",
        "The list of papers goes out as a picture, a week before",
    ),
    Learnt(
        "The interpreter comes for the first hour.",
        "We needed her most in the second one.",
        "Nobody had asked when the forms would be filled in.",
        "We book the interpreter for the part with the forms",
    ),
)
_PROCEDURE = (
    "The invitation is sent twice: at once, and a week before with the picture of the papers."
)


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    for told in _ACTIONS:
        if not ActionItem.objects.filter(title=told.title).exists():
            _promise(told, anchor)
    _look_back(anchor)
    # Told of days past: what is still to come is reminded of, what is over nobody hears of now.
    known = ActionItem.objects.all()
    outbox.withdraw(kinds=[telling.GIVEN], object_ids=known.values_list("pk", flat=True))
    late = known.overdue(anchor).values_list("pk", flat=True)
    outbox.withdraw(kinds=telling.KINDS, object_ids=late)


def _promise(told: Told, anchor: date) -> None:
    lead = _user(f"coordinator.{told.countries[0].lower()}")
    action = writing.write(
        plan=ActionPlan(
            title=told.title,
            owner=_user(told.owner).person,
            due_on=anchor + timedelta(days=told.due),
            cops=_cops(told.countries),
            details=told.details,
        ),
        source=Source(CopSession.objects.filter(title=told.session).first()),
        by=lead,
        at=_morning(anchor, told.written),
    )
    if told.over is None:
        return
    at, owner = _morning(anchor, told.over), _user(told.owner)
    if told.dropped:
        settling.drop(action_id=action.pk, reason=told.dropped, by=owner, at=at)
    else:
        settling.done(action_id=action.pk, by=owner, at=at)


def _look_back(anchor: date) -> None:
    """Three lessons: one changed a procedure, one has an owner, one has none."""
    code, title = _REVIEW
    session = CopSession.objects.filter(kind=Kind.REVIEW, title=title).first()
    if session is None or session.lessons.exists():
        return
    lead, owner = _user(f"coordinator.{code.lower()}"), _user(f"expert.{code.lower()}-02")
    written: list[Lesson] = [
        lessons.write(session_id=session.pk, learnt=learnt, by=lead, at=_morning(anchor, -26))
        for learnt in _LESSONS
    ]
    for lesson in written[:2]:
        lessons.give_owner(
            lesson_id=lesson.pk,
            owner=owner.person,
            due_on=anchor + timedelta(days=30),
            by=lead,
            at=_morning(anchor, -25),
        )
    lessons.report_change(
        lesson_id=written[1].pk,
        revision=2,
        procedure=_PROCEDURE,
        link="",
        by=owner,
        at=_morning(anchor, -10),
    )


def _cops(codes: tuple[str, ...]) -> tuple[CommunityOfPractice, ...]:
    return tuple(CommunityOfPractice.objects.filter(country__code__in=codes).order_by("pk"))


def _user(local: str) -> User:
    return User.objects.select_related("person").get(email=f"{local}@demo.example")


def _morning(anchor: date, days: int) -> datetime:
    return datetime.combine(anchor + timedelta(days=days), time(9), UTC)
