"""Reviewers hear what became of their own comments, and nobody learns from it who wrote which."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from experts.domain import sender
from experts.enums import MessageState, Role, Stage
from experts.models import AuditEvent, Membership, Message, User
from feedback.changes.domain import deciding, ledger
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import decided_mails, decided_notices, identity, response_words
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db
NEXT_DAY = make.NOW + timedelta(days=1)


@pytest.fixture
def round_():
    return asking.closed_round()


@pytest.fixture
def by(round_):
    return round_.opened_by.user


def writer(rating):
    return identity.reader_of(rating.assignment)


def messages():
    return Message.objects.filter(kind=decided_notices.DECIDED).order_by("pk")


def mail_of(message):
    about = decided_mails.KIND.load([message]).get(message.pk)
    if about is None or not decided_mails.KIND.still_true(message, about, NEXT_DAY):
        return None
    return decided_mails.KIND.render(message, about, NEXT_DAY)


def test_everybody_asked_gets_the_same_row_and_the_writers_alone_a_mail(round_, by):
    rating = asking.comments(round_)[0]
    change = asking.decided(asking.raised(rating, by), by, Decision.ADAPT, reason="In a footnote.")
    rows = list(messages())
    assert len(rows) == 3
    assert {(row.object_id, row.state, row.payload.get("change")) for row in rows} == {
        (round_.pk, MessageState.PLANNED, None)
    }
    mails = {row.person: mail_of(row) for row in rows}
    told = {person for person, mail in mails.items() if mail}
    assert told == {writer(rating)}
    mail = mails[writer(rating)]
    assert rating.comment in mail.text
    assert "Accepted in another form:" in mail.text
    assert "In a footnote." in mail.text
    assert change.told_at == make.NOW


def test_several_decisions_of_a_day_are_one_mail_and_the_next_day_another(round_, by):
    one, two, three = (asking.raised(rating, by) for rating in asking.comments(round_))
    asking.decided(one, by)
    asking.decided(two, by)
    assert messages().count() == 3
    asking.decided(three, by, at=NEXT_DAY)
    assert messages().count() == 6
    due = set(messages().values_list("due_at", flat=True))
    assert len({at.date() for at in due}) == 2


def test_a_decision_that_was_taken_back_is_not_told(round_, by):
    change = asking.decided(asking.raised(asking.comments(round_)[0], by), by)
    deciding.reopen(
        change_id=change.pk, reason="Once more.", revision=change.revision, by=by, at=make.NOW
    )
    assert [mail for mail in map(mail_of, messages()) if mail] == []
    change.refresh_from_db()
    assert change.told_at is None


def test_the_writer_of_a_merged_comment_hears_of_the_decision_on_the_one_it_is_part_of(round_, by):
    one, two = (asking.raised(rating, by) for rating in asking.comments(round_)[:2])
    ledger.merge(change_id=two.pk, into_id=one.pk, by=by, at=make.NOW)
    asking.decided(one, by, Decision.DECLINE, reason="The law stands.")
    told = {row.person for row in messages() if mail_of(row)}
    assert told == {writer(rating) for rating in asking.comments(round_)[:2]}


def test_a_very_long_comment_is_known_by_its_beginning_in_the_mail(round_, by):
    rating = asking.comments(round_)[0]
    change = asking.raised(rating, by)
    ChangeRequest.objects.filter(pk=change.pk).update(asked="ж" * 50_000)
    asking.decided(change, by)
    mail = next(mail for mail in map(mail_of, messages()) if mail)
    assert "ж" * 600 + "…" in mail.text
    assert len(mail.text) < 3000


def test_what_was_typed_in_tells_nobody(round_, by):
    asking.decided(asking.typed(round_.version), make.user(Role.PROJECT_MANAGER))
    assert not messages().exists()


def test_deciding_alike_plans_once(round_, by):
    changes = [asking.raised(rating, by) for rating in asking.comments(round_)]
    deciding.decide_alike(
        change_ids=[c.pk for c in changes],
        decision=Decision.ACCEPT,
        reason="Yes.",
        by=by,
        at=make.NOW,
    )
    assert messages().count() == 3
    assert all(map(mail_of, messages()))


def test_a_message_whose_round_is_gone_is_no_mail(round_, by):
    asking.decided(asking.raised(asking.comments(round_)[0], by), by)
    message = messages().first()
    message.object_id = 10**9
    assert mail_of(message) is None


def test_the_mail_goes_out_the_next_day_to_its_reader_alone(round_, by, sink):
    rating = asking.comments(round_)[0]
    asking.decided(asking.raised(rating, by), by)
    for _twice in range(2):
        sender.send_due(at=NEXT_DAY)
    got = [m for m in sink.mails if "became of your comments" in str(m["Subject"])]
    assert [m["To"] for m in got] == [writer(rating).email]


def everything_about(round_) -> list[str]:
    change = ChangeRequest.objects.get()
    return [
        reverse("change_list"),
        change.get_absolute_url(),
        reverse("change_csv"),
        round_.version.material.get_absolute_url(),
        reverse("round_outcome", args=[round_.pk]),
        "/",
    ]


def test_no_page_or_table_says_who_wrote_a_comment(as_user, round_, by):
    rating = asking.comments(round_)[0]
    asking.decided(asking.raised(rating, by), by)
    who = writer(rating)
    secrets = [who.name, who.email, str(who.user.public_code), str(rating.assignment.pk)]
    secrets.append(str(rating.assignment.reviewer_code))
    for user in (by, make.user(Role.PROJECT_MANAGER), asking.owner_of(round_.version)):
        for url in everything_about(round_):
            answer = as_user(user).get(url)
            if answer.status_code == 200:
                streamed = answer.streaming
                raw = b"".join(answer.streaming_content) if streamed else answer.content
                found = [secret for secret in secrets if secret in raw.decode()]
                assert found == [], (user, url)


def test_the_contact_log_shows_nobody_that_somebody_was_told(as_user, round_, by):
    asking.decided(asking.raised(asking.comments(round_)[0], by), by)
    for user in (by, make.user(Role.PROJECT_MANAGER), make.user(Role.PLATFORM_ADMIN)):
        assert not Message.objects.visible_to(user).filter(kind=decided_notices.DECIDED).exists()


def test_no_row_joins_a_person_and_the_request_made_of_their_comment(round_, by):
    rating = asking.comments(round_)[0]
    change = asking.decided(asking.raised(rating, by), by)
    who = writer(rating)
    rows = list(Message.objects.filter(kind=decided_notices.DECIDED).values())
    stored = json.dumps(rows, cls=DjangoJSONEncoder)
    assert f'"object_id": {change.pk}' not in stored or change.pk == round_.pk
    assert len({tuple(sorted(row["payload"].items())) for row in rows}) == 1
    audit = AuditEvent.objects.filter(object_kind="feedback.changerequest")
    assert str(who.user.public_code) not in {str(event.actor) for event in audit}
    assert {key for event in audit for key in event.detail} == {"revision"}


def test_keys_of_ratings_stand_on_no_page(as_user, round_, by):
    """They run on, so they would tell which comments one hand wrote."""
    world.review_round()
    page = as_user(by).get(reverse("round_outcome", args=[round_.pk])).content.decode()
    sent = [asking.source_of(rating) for rating in asking.comments(round_)]
    assert all(f'value="{value}"' in page for value in sent)
    bare = [rating.pk for rating in asking.comments(round_)]
    assert [pk for pk in bare if f"rating:{pk}" in page or f'value="{pk}"' in page] == []


def test_the_button_beside_a_comment_makes_it_a_request(as_user, round_, by):
    client, outcome = as_user(by), reverse("round_outcome", args=[round_.pk])
    assert client.get(outcome).content.decode().count("Make it a change request") == 3
    value = asking.source_of(asking.comments(round_)[0])
    answer = client.post(reverse("change_raise"), {"source": value, "severity": "worst"})
    change = ChangeRequest.objects.get()
    assert answer.url == change.get_absolute_url()
    assert client.post(reverse("change_raise"), {"source": value}).url == answer.url
    page = client.get(outcome).content.decode()
    assert page.count("Make it a change request") == 2
    assert f'href="{change.get_absolute_url()}"' in page


@pytest.mark.parametrize("value", ["", "rating", "rating:", "rating:1.x", "x:1.y", "é:é", ":"])
def test_a_button_nobody_drew_makes_nothing(as_user, by, value):
    answer = as_user(by).post(reverse("change_raise"), {"source": value})
    assert answer.url == reverse("change_list")
    assert not ChangeRequest.objects.exists()


def test_whoever_still_rates_hears_of_no_change_made_of_the_others_comments(as_user):
    manager, waits = make.user(Role.PROJECT_MANAGER), make.person()
    cop = make.cop(make.country("BG"))
    Membership.objects.create(
        person=waits, cop=cop, role=Role.COORDINATOR, stage=Stage.MEMBER, joined_on=world.DUE
    )
    found = world.review_round(None, by=manager)
    for _n in range(3):
        world.answered(found, make.person(), "1")
    found.phase = "discussion"
    found.save()
    change = asking.raised(asking.comments(found)[0], manager)
    coordinator = User.objects.get(pk=waits.user_id)
    assert ChangeRequest.objects.visible_to(coordinator).contains(change)
    world.assigned(found, waits)
    assert not ChangeRequest.objects.visible_to(coordinator).exists()
    assert "Say it shorter" not in as_user(coordinator).get("/changes/").content.decode()


def test_the_author_hears_of_it_from_the_response_on():
    manager = make.user(Role.PROJECT_MANAGER)
    found = world.review_round(None, by=manager)
    for _n in range(3):
        world.answered(found, make.person(), "1")
    author = asking.owner_of(found.version)
    seen = []
    for phase in ("discussion", "response"):
        found.phase = phase
        found.save()
        asking.raised(asking.comments(found)[0], manager)
        seen.append(ChangeRequest.objects.visible_to(author).exists())
    assert seen == [False, True]


def test_lesson_9_the_response_is_put_together_from_the_ledger(round_, by):
    changes = [asking.raised(rating, by) for rating in asking.comments(round_)]
    newer = make.version(round_.version.material)
    done = asking.decided(changes[1], by, Decision.ACCEPT, reason="It is cited now.")
    deciding.show_done(change_id=done.pk, version=newer, revision=done.revision, by=by, at=make.NOW)
    asking.typed(world.version(), asked="Of another material.")
    words = response_words.of(round_)
    assert words.count("Asked: ") == 3
    assert f"Accepted: It is cited now.\nDone in version {newer.number}" in words
    assert words.count("Not decided yet") == 2
    assert words.startswith("1. Asked: ")
    assert "\n\n3. Asked: " in words
    assert response_words.of(world.review_round()) == ""
