"""A newcomer's first run: eight short steps, each of which can be skipped, told what is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.times import say_day, to_wall
from experts.enums import Role
from experts.models import Charter, Membership, Person, Topic, User
from practices import permissions
from practices.domain.people import buddies, members, notes
from practices.enums import FirstStep, NoteKind
from practices.models import Answer, FirstRun, MemberChoice, Note, Practice, Question
from sessions.models import CopSession

STEPS = tuple(FirstStep)


@dataclass(frozen=True)
class CharterLine:
    """One of the five lines: what it is about, and what was agreed."""

    label: str
    words: str


def run_of(person: Person) -> FirstRun | None:
    """How far somebody came; None before the first step."""
    return FirstRun.objects.filter(person=person).first()


def next_step(run: FirstRun | None) -> FirstStep | None:
    """The first step that is neither taken nor skipped; None when all are."""
    done = set(run.done) if run else set()
    return next((step for step in STEPS if step not in done), None)


@transaction.atomic
def done(*, step: FirstStep, by: User, at: datetime) -> FirstRun:
    """Notes a step as taken or skipped, once; the last one ends the run."""
    run, _made = FirstRun.objects.select_for_update().get_or_create(
        person=by.person, defaults={"started_at": at}
    )
    if step not in run.done:
        run.done = [*run.done, step.value]
    if run.finished_at is None and next_step(run) is None:
        run.finished_at = at
    run.save(update_fields=["done", "finished_at"])
    return run


@transaction.atomic
def confirm(*, by: User, languages: list[str], topics: list[Topic]) -> None:
    """Stores what somebody speaks and is interested in, on the person and for what is proposed."""
    permissions.may_contribute(by)
    person: Person = by.person
    person.languages = languages
    person.save(update_fields=["languages"])
    choice, _made = MemberChoice.objects.get_or_create(person=person)
    choice.topics.set(topics)


def say_hello(*, by: User, words: str, at: datetime) -> None:
    """Sends the hello to the buddy; without one nothing is sent."""
    current = buddies.current_of(by.person)
    if current:
        notes.send(kind=NoteKind.HELLO, receiver_id=current.buddy_id, words=words, by=by, at=at)


def topics_for(person: Person) -> QuerySet[Topic]:
    """The topics of the charters in force: the project's and those of one's own countries."""
    mine = Membership.objects.current().filter(person=person).values("cop")
    home = Q(charter__cop__in=mine) | Q(charter__cop__country__isnull=True)
    return Topic.objects.current().filter(home).order_by("name", "pk")


def chosen_topics(person: Person) -> list[int]:
    """The keys of the topics somebody confirmed."""
    choice = MemberChoice.objects.filter(person=person).first()
    return list(choice.topics.values_list("pk", flat=True)) if choice else []


def charter_of(person: Person) -> Charter | None:
    """The charter in force of somebody's community: the country's, else the project's."""
    own = Q(cop__country=person.country_id) if person.country_id else Q(cop__country=None)
    found = Charter.objects.current().select_related("cop").prefetch_related("topics")
    return found.filter(own).first() or found.filter(cop__country=None).first()


def purpose(charter: Charter | None) -> str:
    """What the community is for in one sentence of its own; empty without a charter."""
    return charter.purpose.replace("\n", " ").partition(". ")[0].rstrip(".") if charter else ""


def charter_lines(charter: Charter) -> list[CharterLine]:
    """A charter in five lines."""
    names = ", ".join(topic.name for topic in charter.topics.all())
    leads = Membership.objects.current().filter(cop=charter.cop, role=Role.COORDINATOR)
    people = ", ".join(leads.values_list("person__name", flat=True))
    assert charter.adopted_on is not None
    rest = charter.purpose.replace("\n", " ").partition(". ")[2] or charter.purpose
    return [
        CharterLine(_("What we work on"), charter.domain),
        CharterLine(_("How we work"), rest),
        CharterLine(_("Our topics"), names or _("None is named yet.")),
        CharterLine(_("Whom to turn to"), people or _("Nobody coordinates it today.")),
        CharterLine(
            _("Agreed on"),
            _("%(day)s, version %(n)d")
            % {"day": say_day(charter.adopted_on), "n": charter.version},
        ),
    ]


def question_for(user: User) -> Question | None:
    """An open question somebody else asked and this person could answer, by topic, then age."""
    mine = Answer.objects.filter(question=OuterRef("pk"), by=user.person)
    open_ones = Question.objects.visible_to(user).open().filter(checked_at__isnull=False)
    others = open_ones.exclude(asked_by=user.person).filter(~Exists(mine))
    spoken = others.filter(Q(languages=[]) | Q(languages__overlap=user.person.languages))
    rows = list(spoken.select_related("country", "topic").order_by("added_at", "pk")[:50])
    liked = set(chosen_topics(user.person))
    return min(rows, key=lambda row: (row.topic_id not in liked, row.pk), default=None)


def session_for(user: User, at: datetime) -> CopSession | None:
    """The next session somebody sees."""
    return CopSession.objects.visible_to(user).upcoming(at).first()


def practice_for(user: User) -> Practice | None:
    """A published practice of another country, of a confirmed topic if there is one."""
    abroad = Practice.objects.visible_to(user).published().exclude(country=user.person.country_id)
    rows = list(abroad.select_related("country", "current").order_by("-started_on", "pk")[:50])
    liked = set(chosen_topics(user.person))
    return min(rows, key=lambda row: row.topic_id not in liked, default=None)


def hello_words(person: Person, buddy: Person) -> str:
    """A hello to begin with; whoever sends it writes it anew."""
    expert = getattr(person, "expert", None)
    if expert:
        return _(
            "Hello %(buddy)s, I am new here and work as: %(role)s. Could we talk for ten minutes "
            "one of these days? %(name)s"
        ) % {
            "buddy": buddy.name,
            "role": expert.get_profession_display(),
            "name": person.name,
        }
    return _(
        "Hello %(buddy)s, I am new here. Could we talk for ten minutes one of these days? %(name)s"
    ) % {"buddy": buddy.name, "name": person.name}


def said_hello(person: Person) -> bool:
    """Whether the hello was sent already."""
    return Note.objects.filter(sender=person, kind=NoteKind.HELLO).exists()


def offered_since(person: Person, at: datetime) -> date:
    """Who joined on that day or later is offered the run on *Today*."""
    return to_wall(at, person.zone).date() - timedelta(days=90)


def waiting(person: Any, since: Any) -> QuerySet[Person]:
    """The person, given by key, as a newcomer since that day who did not finish the run.

    Both may be slots.
    """
    run = FirstRun.objects.filter(person=person, finished_at__isnull=False)
    fresh = members.newcomers().filter(pk=person, memberships__joined_on__gte=since)
    return fresh.filter(~Exists(run))
