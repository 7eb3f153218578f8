"""The demo's how communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta

from experts.enums import Ballot, CharterState, Role, Stage, TopicState
from experts.models import (
    Charter,
    CharterAcceptance,
    CharterVote,
    CommunityOfPractice,
    Membership,
    Person,
    TopicProposal,
    User,
)
from practices.domain.forming import charters, circles, interest, stage_figures, staging, voting
from practices.domain.forming.life_stages import suggest
from practices.enums import LifeStage
from practices.models import InterestAnswer
from sessions.models import ActionItem, CopSession, Goal

_REMARKS = {
    1: "The page on women who come with children is what we missed.",
    4: "Three hours a month is too much in summer.",
}


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    at = datetime.combine(anchor, time(9), tzinfo=UTC)
    _acceptances(at)
    _proposals(at)
    _open_vote(at)
    _goals(at)
    _stages(at)
    _circle(at)
    _interest(at)


def _acceptances(at: datetime) -> None:
    """Everybody accepted the charter in force but those who are new."""
    known = Membership.objects.current().exclude(stage=Stage.NEWCOMER)
    known = known.exclude(role=Role.PLATFORM_ADMIN)
    for charter in Charter.objects.current():
        people = known.filter(cop=charter.cop_id).values_list("person_id", flat=True)
        CharterAcceptance.objects.bulk_create(
            [
                CharterAcceptance(charter=charter, person_id=pk, at=at - timedelta(days=90))
                for pk in people
            ],
            ignore_conflicts=True,
        )


def _proposals(at: datetime) -> None:
    rows = (
        ("BG", 3, "Women with small children", "Half of my group brings them.", TopicState.OPEN),
        ("BG", 5, "Driving licences", "Everybody asks.", TopicState.DECLINED),
        ("DE", 2, "Health professions", "Nurses ask for other papers.", TopicState.OPEN),
    )
    for code, number, name, reason, state in rows:
        cop = CommunityOfPractice.objects.get(country__code=code)
        more: dict[str, object] = {}
        if state == TopicState.DECLINED:
            more = {
                "answer": "The transport office has a good page on it; we link to that.",
                "answered_by": _person(f"coordinator.{code.lower()}"),
                "answered_at": at - timedelta(days=20),
            }
        TopicProposal.objects.get_or_create(
            cop=cop,
            name=name,
            defaults={
                "reason": reason,
                "proposed_by": _person(f"expert.{code.lower()}-{number:02d}"),
                "proposed_at": at - timedelta(days=number * 7),
                "state": state,
                **more,
            },
        )


def _open_vote(at: datetime) -> None:
    """Bulgaria votes on a third version: some said yes, one no, most have not voted."""
    cop = CommunityOfPractice.objects.get(country__code="BG")
    if cop.charters.filter(version=3).exists():
        return
    current = cop.charters.current().get()
    by = User.objects.get(email="coordinator.bg@demo.example")
    draft = charters.start_draft(cop_id=cop.pk, by=by, at=at - timedelta(days=12))
    words = vars(charters.words_of(current)) | {
        "scope_in": f"{current.scope_in} Families: what changes when children come along.",
        "topics": (*current.topics.values_list("name", flat=True), "Families"),
        "what_changed": "Families are a topic of their own.",
        "review_on": at.date() + timedelta(days=365),
    }
    charters.save_draft(
        charter_id=draft.pk,
        revision=draft.revision,
        words=charters.CharterWords(**words),
        by=by,
        at=at - timedelta(days=10),
    )
    voting.open_vote(
        charter_id=draft.pk,
        until=at.date() + timedelta(days=6),
        by=by,
        at=at - timedelta(days=8),
    )
    draft.refresh_from_db()
    assert draft.state == CharterState.VOTING
    for number in range(1, 5):
        CharterVote.objects.create(
            charter=draft,
            person=_person(f"expert.bg-{number:02d}"),
            ballot=Ballot.NO if number == 4 else Ballot.YES,
            remark=_REMARKS.get(number, ""),
            at=at - timedelta(days=number),
        )


_GOALS = (
    ("Meet often enough to know each other", "sessions_held", 12),
    ("Write down what works here", "practices_published", 2),
    ("Try what others found out", "adoptions", 1),
    ("No idea stays without an answer", "ideas_answered", 3),
    ("Keep what we promise each other", "actions_done", 4),
)


def _goals(at: datetime) -> None:
    """Goals of the charters, counted since they were agreed on."""
    since = at.date() - timedelta(days=150)
    for cop in CommunityOfPractice.objects.select_related("country"):
        local = f"coordinator.{cop.country.code.lower()}" if cop.country else "manager"
        for title, counter, target in _GOALS if cop.country else _GOALS[1:3]:
            goal, _created = Goal.objects.get_or_create(
                cop=cop,
                counter=counter,
                defaults={
                    "title": title,
                    "target": target if cop.country else 6 * target,
                    "starts_on": since,
                    "ends_on": since + timedelta(days=365),
                    "set_by": _person(local),
                    "set_at": at - timedelta(days=150),
                },
            )
            if counter == "sessions_held":
                own = CopSession.objects.filter(host_cops=cop, goal=None, wall_day__gte=since)
                own.update(goal=goal)
    for action in ActionItem.objects.filter(goal=None, origin_kind="").with_people():
        goals = Goal.objects.filter(counter="actions_done")
        action.goal = goals.filter(cop__country__code=action.country_codes[0]).first()
        action.save(update_fields=["goal"])


def _stages(at: datetime) -> None:
    """Each coordinator confirmed what was suggested; one decided otherwise."""
    for cop in CommunityOfPractice.objects.filter(country__isnull=False).select_related("country"):
        if cop.country is None or cop.stage_decisions.exists():
            continue
        by = User.objects.get(email=f"coordinator.{cop.country.code.lower()}@demo.example")
        for before in (timedelta(days=200), timedelta(days=10)):
            then = at - before
            stage = suggest(stage_figures.read(cop, then)).stage
            why = ""
            if cop.country.code == "ES":
                stage, why = (
                    LifeStage.COALESCING,
                    "Two of us left; we begin again as a small group.",
                )
            staging.decide(cop_id=cop.pk, stage=stage, why=why, by=by, at=then)


def _circle(at: datetime) -> None:
    """Four members of three countries made a circle, and meet next week."""
    maker = User.objects.get(email="expert.it-01@demo.example")
    cop = CommunityOfPractice.objects.get(country__code="IT")
    if cop.circles.exists():
        return
    joiners = [_person(f"expert.{name}") for name in ("it-03", "el-02", "se-04")]
    circle = circles.make(
        cop_id=cop.pk,
        name="Picture cards in the first meeting",
        purpose="We try the same ten cards with three people each, and compare what they open.",
        by=maker,
        at=at - timedelta(days=9),
        joiners=joiners,
    )
    day = at.date() + timedelta(days=8)
    day += timedelta(days=(2 - day.weekday()) % 7)
    wanted = circles.CircleSession(
        title="Ten cards: what did they open?",
        day=day,
        clock=time(16),
        minutes=60,
        online_link="https://meet.example.org/cards",
    )
    circles.schedule(circle_id=circle.pk, wanted=wanted, by=maker, at=at - timedelta(days=2))
    circles.make(
        cop_id=CommunityOfPractice.objects.get(country__code="DE").pk,
        name="Papers lost on the way",
        purpose="What counts as evidence when the certificate is gone?",
        by=User.objects.get(email="expert.de-05@demo.example"),
        at=at - timedelta(days=3),
        joiners=[_person("expert.bg-02")],
    )


_OPTIONS = ("Lost papers", "Interpreters", "Employers", "Children along", "Phones, not laptops")
# Who answered: topics, needs and offers by their place above.
_ANSWERS = (
    ("Library on the square", (0, 1), (0,), (4,)),
    ("Maria, job centre", (2,), (0,), (2,)),
    ("School of the old town", (3,), (3, 1), ()),
    ("Refugee council", (0, 1, 2), (2,), (0, 1)),
    ("A volunteer", (4,), (4,), (3,)),
    ("Small bakery", (2,), (1,), (2,)),
    ("Women's group", (3, 4), (4,), (3,)),
    ("Evening college", (0, 4), (2,), (4, 0)),
)


def _interest(at: datetime) -> None:
    """Spain asked around before it began anew: eight people answered."""
    cop = CommunityOfPractice.objects.get(country__code="ES")
    if cop.interest_polls.exists():
        return
    poll = interest.make(
        cop_id=cop.pk,
        title="What would help you in your work with newcomers?",
        intro="The city office starts a group again. Five minutes, no account.",
        options=_OPTIONS,
        closes_on=at.date() + timedelta(days=10),
        by=User.objects.get(email="coordinator.es@demo.example"),
        at=at - timedelta(days=12),
    )
    for number, (called, *ticked) in enumerate(_ANSWERS):
        topics, needs, offers = ([_OPTIONS[place] for place in places] for places in ticked)
        InterestAnswer.objects.create(
            poll=poll,
            once=uuid.uuid5(uuid.NAMESPACE_URL, f"{poll.pk}-{number}"),
            called=called,
            topics=topics,
            needs=needs,
            offers=offers,
            at=at - timedelta(days=10 - number),
        )


def _person(local: str) -> Person:
    return Person.objects.get(email=f"{local}@demo.example")
