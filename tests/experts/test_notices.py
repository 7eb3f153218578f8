"""The bell: what reached a person stands on the platform, is counted, and is read by a deed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from experts.domain import preferences, sender
from experts.domain.wishes import Wishes
from experts.enums import Cadence, Channel, MessageState, Role, Topic
from experts.models import Message
from tests import factories as make
from tests.experts.notices import notice

pytestmark = pytest.mark.django_db
LIST = reverse("notice_list")


def bell(page) -> str:
    """What the bell of a page says, as it is read out."""
    found = re.search(r'<a class="bell".*?</a>', page.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def subjects(client, query: str = "") -> list[str]:
    return [one.subject for one in client.get(LIST + query).context["notices"]]


@pytest.mark.parametrize(
    ("unread", "said"),
    [(0, "Notices"), (1, "Notices 1 new"), (2, "Notices 2 new")],
)
def test_every_page_says_at_the_bell_how_many_are_new(as_user, unread, said):
    user = make.user()
    notice(user.person, read_at=make.NOW)
    for _ in range(unread):
        notice(user.person)
    assert bell(as_user(user).get(reverse("country_list"))) == said


def test_more_than_ninety_nine_are_not_counted(as_user):
    user = make.user()
    one = notice(user.person)
    Message.objects.bulk_create(
        Message(
            kind=one.kind,
            object_id=1,
            person=user.person,
            due_at=make.NOW,
            state=MessageState.SENT,
            message_id=f"m{n}",
            key=f"k{n}",
            language="en",
            zone="UTC",
            created_at=make.NOW,
        )
        for n in range(120)
    )
    assert bell(as_user(user).get(LIST)) == "Notices 99+ new"


def test_the_bell_costs_no_question_of_its_own(as_user, django_assert_num_queries):
    """Session, account with person, and the rights with the number at the bell."""
    user = make.user()
    client = as_user(user)
    notice(user.person)
    client.get(reverse("mail_choices"))
    with django_assert_num_queries(6):  # and three for what the person chose
        client.get(reverse("mail_choices"))


def test_the_list_shows_what_reached_the_reader_by_both_ways_newest_first(as_user):
    user = make.user()
    notice(user.person, subject="By mail")
    notice(user.person, subject="Shown", channel=Channel.APP)
    notice(user.person, subject="Planned", state=MessageState.PLANNED)
    notice(make.person(), subject="Of another")
    assert subjects(as_user(user)) == ["Shown", "By mail"]


def test_a_notice_says_its_topic_and_when_on_the_readers_clock(as_user):
    user = make.user()
    notice(user.person, sent_at=make.NOW)
    page = as_user(user).get(LIST).content.decode()
    assert "Invitations and polls" in page
    assert "Tue 24 Nov 2026, 11:00" in page  # 09:00 UTC in Sofia


def test_what_is_new_is_said_by_a_word(as_user):
    user = make.user()
    notice(user.person)
    client = as_user(user)
    assert re.search(r"chip-warn.*?New</span>", client.get(LIST).content.decode(), re.S)
    client.post(reverse("notices_read"))
    assert "chip-warn" not in client.get(LIST).content.decode()


def test_looking_at_the_list_reads_nothing(as_user):
    user = make.user()
    one = notice(user.person)
    client = as_user(user)
    client.get(LIST)
    assert client.get(reverse("notice_open", args=[one.pk])).status_code == 405
    assert Message.objects.unread().count() == 1


def test_opening_a_notice_reads_it_once_and_goes_to_its_page(as_user):
    user = make.user()
    one, other = notice(user.person, link="/sessions/7/"), notice(user.person)
    client, url = as_user(user), reverse("notice_open", args=[one.pk])
    assert client.post(url).url == "/sessions/7/"
    first = Message.objects.get(pk=one.pk).read_at
    client.post(url)
    assert Message.objects.get(pk=one.pk).read_at == first
    assert list(Message.objects.unread()) == [other]


@pytest.mark.parametrize("link", ["", "https://bait.example/", "//bait.example", "/\\bait.example"])
def test_a_notice_never_leads_away_from_the_platform(as_user, link):
    user = make.user()
    one = notice(user.person, link=link)
    client = as_user(user)
    assert client.post(reverse("notice_open", args=[one.pk])).url == LIST
    assert "bait.example" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("role", [Role.EXPERT, Role.COORDINATOR, Role.PLATFORM_ADMIN])
def test_a_foreign_notice_is_not_there_and_stays_unread(as_user, role):
    one = notice(make.person())
    client = as_user(make.user(role))
    assert client.post(reverse("notice_open", args=[one.pk])).status_code == 404
    client.post(reverse("notices_read"))
    assert Message.objects.unread().count() == 1


def test_all_are_marked_as_read_at_once_and_a_second_time_nothing_changes(as_user):
    user = make.user()
    for _ in range(3):
        notice(user.person)
    client = as_user(user)
    for _ in range(2):
        client.post(reverse("notices_read"))
    assert Message.objects.unread().count() == 0
    assert "You have read everything." in client.get(LIST).content.decode()


def test_the_list_is_narrowed_to_a_topic(as_user):
    user = make.user()
    notice(user.person, subject="Invitation")
    notice(user.person, subject="Cancelled", kind="session_cancellation")
    client = as_user(user)
    assert subjects(client, "?topic=changes") == ["Cancelled"]
    assert client.get(LIST + "?topic=secrets").status_code == 400


def test_account_mails_and_unwanted_topics_are_not_put_before_the_reader(as_user):
    user = make.user()
    notice(user.person, subject="Log-in code", kind="account_mail")
    notice(user.person, subject="Invitation")
    unwanted = Wishes(cadences={(Topic.INVITATIONS, Channel.APP): Cadence.OFF})
    client = as_user(user)
    assert subjects(client) == ["Invitation"]
    preferences.choose(person_id=user.person.pk, wanted=unwanted, by=user, at=make.NOW)
    assert subjects(client) == []


def test_without_a_notice_the_page_says_what_would_stand_there(as_user):
    assert "No notice here" in as_user(make.user()).get(LIST).content.decode()


def test_long_lists_are_leafed_through(as_user):
    user = make.user()
    for _ in range(26):
        notice(user.person)
    client = as_user(user)
    assert (len(subjects(client)), len(subjects(client, "?page=2"))) == (25, 1)


def test_a_subject_with_markup_stays_inert(as_user):
    user = make.user()
    notice(user.person, subject="<b>x</b>")
    assert "<b>x</b>" not in as_user(user).get(LIST).content.decode()


def test_the_list_asks_as_often_for_three_as_for_one(as_user, django_assert_max_num_queries):
    taken = []
    for count in (1, 3):
        user = make.user()
        for _ in range(count):
            notice(user.person)
        client = as_user(user)
        with django_assert_max_num_queries(12) as counted:
            client.get(LIST)
        taken.append(len(counted.captured_queries))
    assert taken[0] == taken[1]


def test_a_mail_names_the_readers_own_hour_first(sink):
    """A session at 10:00 in Sofia is at 08:00 in Lisbon, where the reader lives."""
    invitation = make.invitation(
        make.cop_session(), make.person(zone="Europe/Lisbon", name="Reader")
    )
    sender.send_due(at=make.NOW + timedelta(minutes=5))
    parts = [part for part in sink.mails[0].walk() if part.get_content_type() == "text/plain"]
    body = parts[0].get_payload(decode=True).decode()
    assert invitation.person.zone == "Europe/Lisbon"
    assert body.index("08:00") < body.index("10:00")
