"""Two worlds, alike but for one review, look the same to everybody who may not see it.

One world is looked at twice: before a review is sent, with its annotations and an answer under one
of them, and after. Pages, their sizes and headers, lists, counts, exports and mails are compared
for each person who may not see that review, in each phase of the round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from experts.domain import sender
from experts.enums import Role
from experts.models import Message, User
from feedback.reviews.domain import (
    desk,
    discussion,
    identity,
    notices,
    phases,
    rounds,
    threads,
    visibility,
)
from feedback.reviews.enums import Phase, Voice
from feedback.reviews.models import Reply, ReviewRound
from feedback.validation.domain.outcome.tables import rating_tables
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

STEPS = [str(step) for step in phases.STEPS]
# What differs from one answer to the next anyway: tokens of forms, nonces of the policy.
CHANGING = re.compile(rb'(csrfmiddlewaretoken" value="|nonce[-="]+)[A-Za-z0-9_+/=-]+')
SECRET = "Nobody but my readers may see this."


class Twin:
    """A round of Bulgaria and Italy with a panel in each; one more review is still to be sent."""

    def __init__(self) -> None:
        self.author = make.person(Role.AUTHOR)
        version = world.version(self.author)
        self.former = make.person()
        old = world.review_round(version=version)
        world.answered(old, self.former)
        world.gone_on(old, phases.CLOSED)
        manager = make.user(Role.PROJECT_MANAGER)
        self.round = rounds.open_rounds(
            versions=[make.version(version.material, uploaded_by=self.author)],
            countries=[make.country("BG"), make.country("IT")],
            terms=rounds.Terms(due_on=world.DUE),
            by=manager,
            at=make.NOW,
        )[0]
        self.fellows = world.panelled(self.round)
        world.panelled(self.round, code="IT")
        self.waiting = make.person()
        world.assigned(self.round, self.waiting)
        self.hidden = make.person(name="Zoe Hidden")
        self.assignment = world.assigned(self.round, self.hidden)
        world.save(self.assignment, self.hidden, world.whole(self.assignment, "1", comment=SECRET))
        self.gone = world.also_expert(make.person(Role.COORDINATOR, "IT"))
        world.declined(world.assigned(self.round, self.gone), self.gone)
        # Made once, so that both worlds have the same people.
        self.people = self.lookers()
        self.urls = self.addresses()

    def lookers(self) -> dict[str, tuple[User, set[str]]]:
        """Everybody who may not see the review, with the steps in which that is so."""
        always = set(STEPS)
        before_response = {str(Phase.INDEPENDENT), str(Phase.DISCUSSION)}
        return {
            "author": (self.author.user, before_response),
            "reviewer who has sent": (self.fellows[0].user, {str(Phase.INDEPENDENT)}),
            "reviewer who has not": (self.waiting.user, always),
            "reviewer of the round before": (self.former.user, always),
            "coordinator abroad": (make.user(Role.COORDINATOR, "IT"), always),
            "coordinator abroad who declined": (self.gone.user, always),
            "coordinator outside": (make.user(Role.COORDINATOR, "ES"), always),
            "partner": (make.user(Role.PARTNER), always),
            "partner abroad": (make.user(Role.PARTNER, "IT"), always),
            "facilitator": (make.user(Role.FACILITATOR), always),
            "expert": (make.user(), always),
            "admin": (make.user(Role.PLATFORM_ADMIN), always),
        }

    def addresses(self) -> list[str]:
        about = [
            reverse(name, args=[self.round.pk])
            for name in (
                "round_detail",
                "round_discussion",
                "round_response",
                "round_outcome",
                "round_phase",
                "round_see_as",
                "round_close",
                "round_substitute",
                "round_remarks",
            )
        ]
        version = self.round.version
        own = identity.assignment_of(round_id=self.round.pk, person=self.waiting)
        assert own is not None
        return [
            *about,
            f"{about[5]}?as=reviewer&phase=discussion",
            f"{about[5]}?as=author&phase=response",
            reverse("review_list"),
            reverse("review_desk", args=[own.pk]),
            reverse("review_desk", args=[self.assignment.pk]),
            reverse("review_remarks", args=[own.pk]),
            reverse("version_detail", args=[version.pk]),
            reverse("material_detail", args=[version.material_id]),
            reverse("material_list"),
            f"{reverse('catalogue')}?q=Nobody+but+my+readers",
            f"{reverse('person_list')}?q=Hidden",
            reverse("message_list"),
            reverse("today"),
        ]

    def send(self) -> None:
        """The one difference: the review is in, with two annotations and an answer under one."""
        desk.submit(assignment_id=self.assignment.pk, by=self.hidden.user, at=make.NOW)
        self.assignment.refresh_from_db()
        world.annotated(self.assignment, SECRET)
        Reply.objects.create(
            annotation=world.annotated(self.assignment, SECRET, page=2),
            voice=Voice.REVIEWER,
            assignment=self.assignment,
            position=1,
            text=SECRET,
            on=make.NOW.date(),
        )


@pytest.fixture
def twin() -> Twin:
    return Twin()


def answer(client: Client, url: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as they come, less what differs every time."""
    found = client.get(url)
    body = CHANGING.sub(rb"\1", found.content)
    headers = {k: CHANGING.sub(rb"\1", v.encode()).decode() for k, v in found.items()}
    return found.status_code, headers, body


def looks(twin: Twin, clients: dict[str, Client], step: str) -> Iterator[tuple[str, str, object]]:
    """Everything that everybody who may not see the review gets in a step."""
    for who, (_user, hidden_in) in twin.people.items():
        if step in hidden_in:
            for url in twin.urls:
                yield who, url, answer(clients[who], url)


def without(twin: Twin, step: str, look) -> dict:
    """What is seen in the world in which the review was never sent; then it is as before."""
    point = transaction.savepoint()
    world.gone_on(ReviewRound.objects.get(pk=twin.round.pk), step)
    seen = look()
    transaction.savepoint_rollback(point)
    return seen


def with_it(twin: Twin, step: str, look) -> dict:
    """What is seen in the other world."""
    twin.send()
    world.gone_on(ReviewRound.objects.get(pk=twin.round.pk), step)
    return look()


# What the decision permits is what a closed round permits.
@pytest.mark.parametrize("step", [step for step in STEPS if step != Phase.DECISION])
def test_lessons_a10_to_a12_and_a14_pages_lists_counts_and_headers_are_equal_in_both_worlds(
    as_user, twin, step
):
    clients = {who: as_user(user) for who, (user, _steps) in twin.people.items()}

    def look() -> dict:
        return {(who, what): shown for who, what, shown in looks(twin, clients, step)}

    one, other = without(twin, step, look), with_it(twin, step, look)
    assert len(one) >= 9 * len(twin.urls)
    assert {status for status, _headers, _body in one.values()} >= {200, 404}
    assert [key for key, shown in other.items() if shown != one[key]] == []
    assert not [key for key, (_s, _h, body) in other.items() if SECRET.encode() in body]


@pytest.mark.parametrize("step", STEPS)
def test_whoever_may_see_the_review_sees_it_and_so_the_comparison_compares(as_user, twin, step):
    twin.send()
    world.gone_on(twin.round, step)
    url = reverse("round_discussion", args=[twin.round.pk])
    readers = {
        "manager": (twin.round.opened_by.user, STEPS[1:]),
        "coordinator": (make.user(Role.COORDINATOR), STEPS[1:]),
        "fellow": (twin.fellows[0].user, STEPS[1:]),
        "author": (twin.author.user, STEPS[2:]),
    }
    wrong = [
        who
        for who, (user, steps) in readers.items()
        if (SECRET in as_user(user).get(url).content.decode()) != (step in steps)
    ]
    assert wrong == []


def handed_out(twin: Twin, step: str) -> dict[str, object]:
    """Figures and reports of other countries; what the service gives to lists and searches."""
    found = ReviewRound.objects.with_version().get(pk=twin.round.pk)
    shown: dict[str, object] = {c: rating_tables(make.country(c).pk) for c in ("IT", "ES")}
    for who, (user, hidden_in) in twin.people.items():
        if step in hidden_in:
            view = visibility.of(user, found)
            shown[who] = (
                view,
                list(visibility.assignments_for(user, found).values_list("pk", flat=True)),
                list(visibility.annotations_for(user, found).values_list("pk", flat=True)),
                list(visibility.ratings_for(user, found).values_list("pk", flat=True)),
                threads.of(user, found, view),
                discussion.answers_of_others(user, found, make.NOW.date()),
                list(Message.objects.visible_to(user).values("kind", "person", "state", "due_at")),
            )
    return shown


@pytest.mark.parametrize("step", STEPS)
def test_exports_searches_counts_and_the_contact_log_are_equal_in_both_worlds(twin, step):
    one = without(twin, step, lambda: handed_out(twin, step))
    assert with_it(twin, step, lambda: handed_out(twin, step)) == one


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", [Phase.DISCUSSION, Phase.RESPONSE])
def test_mails_go_to_nobody_who_may_not_see_the_review(sink, twin, step):
    twin.send()
    world.gone_on(ReviewRound.objects.get(pk=twin.round.pk), step)
    mark = twin.assignment.annotations.first()
    discussion.reply(
        round_id=twin.round.pk,
        kind=threads.ANNOTATION,
        key=mark.pk,
        text=SECRET,
        by=twin.hidden.user,
        at=make.NOW,
    )
    Message.objects.exclude(kind=notices.DISCUSSION).delete()
    assert Message.objects.filter(person=twin.waiting).exists()
    sender.send_due(at=make.NOW + timedelta(days=1, hours=3))
    told = {mail["To"] for mail in sink.mails}
    kept_from = {user.email for user, steps in twin.people.values() if step in steps}
    assert twin.fellows[1].email in told
    assert told & kept_from == set()
    assert not [mail for mail in sink.mails if SECRET in str(mail)]


def test_security_7_reviewers_leave_no_file_whose_metadata_could_name_them():
    rooms = ("feedback.reviews", "feedback.changes")
    found = [
        m for m in apps.get_app_config("feedback").get_models() if m.__module__.startswith(rooms)
    ]
    assert Reply in found
    files = [f for m in found for f in m._meta.fields if isinstance(f, models.FileField)]
    assert files == []
