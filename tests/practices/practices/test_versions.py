"""A new version: the old one stays readable, and who uses or follows the practice is told once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.domain import sender
from experts.enums import MessageState, Role
from experts.models import Message, User
from practices.domain.practices import cards, checking, news, retiring
from practices.domain.practices.cards import Card
from practices.enums import CheckStep, Use
from practices.models import Follow, Practice, PracticeVersion
from tests import factories as make
from tests.practices import world
from tests.practices.practices.test_checks import CARD, account, coordinator, expert

pytestmark = pytest.mark.django_db


def second(practice: Practice, **more) -> PracticeVersion:
    """A second version that waits for the technical check."""
    card = Card(**CARD.fields() | {"what_changed": "A step for two."} | more)
    version = cards.revise(practice_id=practice.pk, card=card, by=account(practice.author))
    checking.submit(version_id=version.pk, by=account(practice.author), at=make.NOW)
    by = coordinator(practice.country.code)
    return checking.passes(version_id=version.pk, by=by, at=make.NOW)


def published(practice: Practice, **more) -> PracticeVersion:
    version = second(practice, **more)
    return checking.passes(version_id=version.pk, by=expert("ES"), at=make.NOW)


def told(version: PracticeVersion) -> set[str]:
    """Who has a mail about it."""
    mails = Message.objects.filter(kind=news.NEWS, object_id=version.pk)
    return set(mails.values_list("person__name", flat=True))


def test_row_3_the_old_version_stays_readable_beside_the_new_one(as_user):
    practice = world.practice(title="Fold once", steps="Fold a sheet of paper.")
    old = practice.current
    new = published(practice, title="Fold twice", steps="Fold a sheet of paper twice.")
    client = as_user(expert())

    before = client.get(old.get_absolute_url()).content.decode()
    now = client.get(practice.get_absolute_url()).content.decode()

    assert "Fold once" in before
    assert "This is an earlier version" in before
    assert "Fold twice" in now
    assert "What changed since version 1" in now
    assert "A step for two." in now
    assert "<ins>" in now
    assert new.number == 2


def test_a_new_version_leaves_the_published_one_in_place_until_it_is_checked(as_user):
    practice = world.practice(title="Fold once")
    second(practice, title="Fold twice")

    page = as_user(make.user(Role.PARTNER, "IT")).get(practice.get_absolute_url())

    assert "Fold once" in page.content.decode()
    assert "Fold twice" not in page.content.decode()


def test_only_one_version_is_at_work(as_user):
    practice = world.practice()
    second(practice)

    with pytest.raises(cards.AtWork):
        cards.revise(practice_id=practice.pk, card=CARD, by=account(practice.author))


def test_a_new_version_says_what_changed(as_user):
    practice = world.practice()
    client = as_user(account(practice.author))
    url = reverse("practice_revise", args=[practice.pk])
    typed = {**CARD.fields(), "title": "Kept"}

    page = client.post(url, typed | {"what_changed": ""}).content.decode()

    assert "This field is required." in page
    assert 'value="Kept"' in page
    client.post(url, typed | {"what_changed": "Shorter."})
    assert practice.versions.at_work().get().what_changed == "Shorter."


def test_row_3_adopters_and_followers_are_told_once_each():
    practice = world.practice()
    adopter = world.adoption(practice, "IT").person
    stopped = world.adoption(practice, "ES", use=Use.STOPPED).person
    follower = world.member("EL")
    for person in (follower, adopter, practice.author):
        Follow.objects.create(person=person, kind="practice", object_id=practice.pk)

    version = published(practice)
    news.tell(version, at=make.NOW)

    mails = Message.objects.filter(kind=news.NEWS)
    assert sorted(mails.values_list("person_id", flat=True)) == sorted([adopter.pk, follower.pk])
    assert stopped.name not in told(version)


def test_a_first_version_is_news_to_nobody():
    version = world.draft(step=CheckStep.SUBMITTED)
    Follow.objects.create(person=world.member(), kind="practice", object_id=version.practice_id)
    checking.passes(version_id=version.pk, by=coordinator(), at=make.NOW)

    checking.passes(version_id=version.pk, by=expert(), at=make.NOW)

    assert not Message.objects.filter(kind=news.NEWS).exists()


def test_the_mail_says_what_changed_and_leads_to_the_version(sink):
    practice = world.practice()
    adopter = world.adoption(practice, "IT").person
    version = published(practice, title="Fold twice")
    mail = Message.objects.get(kind=news.NEWS)

    sender.send_due(at=mail.due_at)

    mail.refresh_from_db()
    assert mail.state == MessageState.SENT
    (arrived,) = sink.mails
    text = arrived.get_body(("plain",)).get_content()
    assert f"Hello {adopter.name}" in text
    assert "A step for two." in text
    assert f"/practices/versions/{version.pk}/" in text


def test_a_practice_retired_meanwhile_is_no_news(sink):
    practice = world.practice()
    world.adoption(practice, "IT")
    published(practice)
    retiring.retire(practice_id=practice.pk, why="A law.", by=coordinator(), at=make.NOW)
    mail = Message.objects.get(kind=news.NEWS)

    sender.send_due(at=mail.due_at)

    mail.refresh_from_db()
    assert mail.state != MessageState.SENT


def test_retired_it_leaves_the_list_and_stays_readable(as_user):
    practice = world.practice(title="Fold once")
    client = as_user(coordinator())

    client.post(reverse("practice_retire", args=[practice.pk]), {"why": "The law changed."})

    reader = as_user(expert())
    assert "Fold once" not in reader.get(reverse("practice_list")).content.decode()
    assert "Fold once" in reader.get(reverse("practice_list"), {"retired": "on"}).content.decode()
    page = reader.get(practice.get_absolute_url()).content.decode()
    assert "No longer recommended since" in page
    assert "The law changed." in page
    with pytest.raises(retiring.RetiredAlready):
        retiring.retire(practice_id=practice.pk, why="Again.", by=coordinator(), at=make.NOW)


def test_the_card_is_printable(as_user):
    practice = world.practice()

    page = as_user(expert()).get(practice.get_absolute_url()).content.decode()

    assert "data-print" in page
    assert "js/print.js" in page


def test_what_stands_beside_the_card_is_changed_without_a_version(as_user):
    practice = world.practice()
    material = make.material("BG")

    as_user(User.objects.get(person=practice.author)).post(
        reverse("practice_about", args=[practice.pk]),
        {"tags": "paper", "materials": material.code.lower(), "started_on": "2026-01-01"},
    )

    practice.refresh_from_db()
    assert practice.tags == ["paper"]
    assert list(practice.materials.all()) == [material]
    assert practice.versions.count() == 1
