"""The demo's ideas, votes, experiments: through the platform's own domain, day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from experts.domain import outbox
from experts.enums import Role
from experts.models import Person, Topic, User
from materials.models import Material
from practices.demo.ideas_told import (
    ACTION,
    BRIEF,
    BRIEF_INTRO,
    BRIEF_OF,
    IDEAS,
    PRACTICE,
    TOPICS,
    Told,
    Trial,
)
from practices.domain.briefs import idea_source, making
from practices.domain.ideas import (
    acting,
    answered,
    merging,
    moving,
    own,
    submitting,
    testing,
    voting,
)
from practices.domain.ideas.acting import Promised
from practices.domain.ideas.submitting import NewIdea
from practices.domain.ideas.testing import Card
from practices.enums import BriefAudience, Outcome
from practices.models import Brief, Idea
from sessions.domain.actions import settling, telling
from sessions.models import ActionItem

_DOMAIN = "demo.example"


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    voters = list(
        Person.objects.filter(memberships__role=Role.EXPERT).order_by("pk").select_related("user")
    )
    for number, told in enumerate(IDEAS):
        if not Idea.objects.filter(title=told.title).exists():
            _tell(told, voters[number:] + voters[:number], anchor)
    _add(anchor)
    _brief(anchor)
    # Told of days long past: nobody gets a mail about them now.
    outbox.withdraw(kinds=[answered.KIND], object_ids=Idea.objects.values_list("pk", flat=True))
    actions = ActionItem.objects.of_origin(acting.KIND).values_list("pk", flat=True)
    outbox.withdraw(kinds=telling.KINDS, object_ids=actions)


def _add(anchor: date) -> None:
    """The author of the most wanted idea adds to it: others voted for its words."""
    wanted = Idea.objects.standing().order_by("pk").filter(votes__isnull=False).first()
    if wanted and wanted.author.user:
        text = "We tried the first half with two colleagues; half an hour was enough for it."
        own.add_note(idea_id=wanted.pk, text=text, by=wanted.author.user, at=_morning(anchor, 2))


def _tell(told: Told, voters: list[Person], anchor: date) -> None:
    idea = _submitted(told, anchor)
    # Every third, so that votes come from several countries.
    others = [person for person in voters[::3] if person.pk != idea.author_id]
    for person in others[: told.votes]:
        if person.user:
            voting.vote(idea_id=idea.pk, by=person.user, at=_morning(anchor, told.added - 1))
    if told.answered is None:
        return
    lead = _user(f"coordinator.{told.by[7:9]}")
    idea = moving.answer(
        idea_id=idea.pk,
        revision=idea.revision,
        text=told.answer,
        state=told.state,
        by=lead,
        at=_morning(anchor, told.answered),
    )
    for trial in told.trials:
        _try(idea, trial, anchor)
    if told.ended is not None:
        _end(idea, told, lead, _morning(anchor, told.ended))
    if told.same_as:
        into = Idea.objects.get(title=told.same_as)
        merging.merge(idea_id=idea.pk, into_id=into.pk, by=lead, at=_morning(anchor, told.answered))


def _submitted(told: Told, anchor: date) -> Idea:
    material = Material.objects.filter(code=told.material).first()
    new = NewIdea(
        title=told.title,
        text=told.text,
        topic=Topic.objects.current()
        .filter(name=TOPICS.get(told.title, ""))
        .order_by("pk")
        .first(),
        origin=material.get_absolute_url() if material else "",
    )
    by, at = _user(told.by), _morning(anchor, told.added)
    if not told.of:
        return submitting.submit(new=new, by=by, at=at)
    parents = Idea.objects.filter(title__in=told.of).values_list("pk", flat=True)
    return submitting.combine(parent_ids=list(parents), new=new, by=by, at=at)


def _try(idea: Idea, trial: Trial, anchor: date) -> None:
    first, last = (anchor - timedelta(days=days) for days in (trial.starts, trial.ends))
    card = Card(trial.hypothesis, trial.test, trial.sign, first, last)
    by = _user(trial.by)
    test = testing.start(idea_id=idea.pk, card=card, by=by, at=_morning(anchor, trial.starts))
    if trial.outcome != Outcome.OPEN:
        testing.report(
            experiment_id=test.pk,
            revision=test.revision,
            result=trial.result,
            outcome=trial.outcome,
            by=by,
            at=_morning(anchor, trial.ends),
        )


def _end(idea: Idea, told: Told, lead: User, at: datetime) -> None:
    idea.refresh_from_db()
    if told.end in {PRACTICE, ACTION}:
        moving.adopt(
            idea_id=idea.pk,
            revision=idea.revision,
            action=_promised(told, at),
            why=told.why,
            by=lead,
            at=at,
        )
        _settle(idea, told, at)
    else:
        moving.move(
            idea_id=idea.pk,
            revision=idea.revision,
            state=told.end,
            why=told.why,
            by=lead,
            at=at,
        )


def _promised(told: Told, at: datetime) -> Promised | None:
    """Who handed the idea in promises its action, within two months."""
    if told.end != ACTION:
        return None
    return Promised(told.action, _user(told.by).person, at.date() + timedelta(days=60))


def _settle(idea: Idea, told: Told, at: datetime) -> None:
    """Its action is done after five weeks, where the story says so."""
    if told.done:
        action = ActionItem.objects.of_origin(acting.KIND).get(origin_id=idea.pk)
        settling.done(action_id=action.pk, by=_user(told.by), at=at + timedelta(days=35))


def _user(local: str) -> User:
    return User.objects.get(email=f"{local}@{_DOMAIN}")


def _morning(anchor: date, days_ago: int) -> datetime:
    return datetime.combine(anchor - timedelta(days=days_ago), time(10), UTC)


def _brief(anchor: date) -> None:
    """One for cities, of three ideas that ask something of them."""
    if Brief.objects.exists():
        return
    found = Idea.objects.filter(title__in=BRIEF_OF).order_by("pk").values_list("pk", flat=True)
    making.make(
        title=BRIEF,
        intro=BRIEF_INTRO,
        audiences=[BriefAudience.CITY],
        refs=[f"{idea_source.KIND}:{pk}" for pk in found],
        by=_user("manager"),
        at=_morning(anchor, 20),
    )
