"""Asking people, and their votes."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.domain import message_kinds
from experts.enums import Role
from experts.models import Message
from sessions.domain import polls
from sessions.models import PollVote, PollVoter
from tests import factories as make
from tests.sessions.polls.world import NOW, link, running, slot_ids, vote


@pytest.mark.django_db
def test_each_person_asked_gets_one_mail_with_their_own_link(as_user):
    poll, _old = running()
    anna, bert = make.person(), make.person()
    client = as_user(poll.created_by.user)
    for _twice in range(2):
        chosen = {"people": [anna.pk, bert.pk]}
        client.post(reverse("poll_ask", args=[poll.pk]), chosen)
    sent = Message.objects.filter(kind=polls.INVITATION, person__in=[anna, bert])
    assert sent.count() == 2
    texts = []
    for message in sent:
        kind = message_kinds.get(message.kind)
        texts.append(kind.render(message, kind.load([message])[message.pk], NOW).text)
    assert link(poll, anna) in "".join(texts)
    assert link(poll, anna) != link(poll, bert)
    assert all("Europe" not in text and "Sofia time" in text for text in texts)


@pytest.mark.django_db
def test_a_vote_by_link_is_saved_and_may_be_changed_until_the_end(client):
    poll, people = running()
    first, second, third = slot_ids(poll)
    url = link(poll, people[0])
    assert not client.get(url).context["saved"]
    assert not PollVote.objects.exists()
    page = client.post(url, {f"slot_{first}": "yes", f"slot_{second}": "no"})
    assert page.context["saved"]
    client.post(url, {f"slot_{first}": "if_needed"})
    said = dict(PollVote.objects.values_list("slot_id", "suits"))
    assert said == {first: "if_needed", second: "no"}
    shown = client.get(url).content.decode()
    assert f'name="slot_{first}" value="if_needed" checked' in shown
    assert third not in said


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"slot_X": "yes"}, {"slot_1": "perhaps"}])
def test_a_vote_that_says_nothing_is_answered_by_a_sentence(client, sent):
    poll, people = running()
    first = slot_ids(poll)[0]
    data = {k.replace("1", str(first)): v for k, v in sent.items()}
    page = client.post(link(poll, people[0]), data)
    assert page.status_code == 200
    assert not page.context["saved"]
    assert page.context["form"].errors
    assert not PollVote.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "1.abc", "9" * 30 + ".x", "1.é", "%00"])
def test_a_wrong_link_is_a_plain_404(client, token):
    make.poll(voters=[make.person()])
    assert client.get(f"/g/poll/{token}/").status_code in {400, 404}


@pytest.mark.django_db
def test_a_link_to_a_poll_opens_no_session_and_is_revoked_by_its_generation(client):
    _poll, people = running()
    voter = PollVoter.objects.get(person=people[0])
    token = polls.link_token(voter)
    assert client.get(reverse("session_answer", args=[token])).status_code == 404
    PollVoter.objects.filter(pk=voter.pk).update(generation=2)
    assert client.get(reverse("poll_answer", args=[token])).status_code == 404


@pytest.mark.django_db
def test_nobody_votes_after_the_end_nor_on_a_time_taken_back():
    anna = make.person()
    poll = make.poll(voters=[anna])
    gone = slot_ids(poll)[0]
    fewer = make.poll_plan(slots=tuple((date(2026, 12, day), time(10)) for day in (9, 10)))
    polls.change(poll_id=poll.pk, version=1, plan=fewer, by=poll.created_by.user, at=NOW)
    token = polls.link_token(PollVoter.objects.get())
    polls.vote_by_link(token=token, votes={gone: "yes"}, at=NOW)
    assert not PollVote.objects.exists()
    with pytest.raises(polls.PollClosed):
        vote(poll, anna, "yes", at=poll.closes_at)


@pytest.mark.django_db
def test_lesson_b28_loomio_4664_a_guest_reads_in_the_inviters_zone_until_theirs_is_known(client):
    poll, people = running()
    voter = PollVoter.objects.select_related("person", "poll__created_by").get(person=people[0])
    voter.person.zone = ""
    assert polls.voter_zone(voter) == poll.created_by.zone == "Europe/Sofia"
    voter.person.zone = "Europe/Rome"
    voter.person.save()
    page = client.get(link(poll, people[0])).content.decode()
    assert "09:00–10:30" in page
    assert "UTC" not in page.split('<form method="post"')[1]


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["", "Europe/Lisbon", "Mars/Base", "\x01" * 900])
def test_lesson_b27_newdle_127_the_zone_of_every_time_is_shown(client, zone):
    poll, people = running()
    page = client.get(link(poll, people[0]), {"zone": zone} if zone else {})
    if page.status_code == 400:
        return
    text = page.content.decode()
    assert text.count("10:00–11:30 Sofia time") == 3
    if zone == "Europe/Lisbon":
        assert text.count("08:00–09:30</bdi>") == 3


@pytest.mark.django_db
def test_lesson_b32_pretalx_2081_one_zone_holds_for_the_whole_page(as_user):
    poll, _people = running()
    page = as_user(poll.created_by.user).get(
        reverse("poll_detail", args=[poll.pk]), {"zone": "Europe/Lisbon"}
    )
    lines = page.context["page"].lines
    assert {f"{line.when.wall:%H:%M}" for line in lines} == {"08:00"}
    assert "Lisbon time" in page.context["page"].closes


@pytest.mark.django_db
def test_the_voters_page_speaks_arabic_from_right_to_left(client):
    poll, people = running()
    page = client.get(link(poll, people[0]), {"lang": "ar", "zone": "Europe/Rome"})
    text = page.content.decode()
    assert 'dir="rtl"' in text
    assert "أرسل تصويتي" in text
    assert "Send my vote" not in text
    assert 'name="lang" value="ar"' in text


@pytest.mark.django_db
def test_a_signed_in_voter_votes_on_the_page_and_sees_counts_but_no_names(as_user):
    expert = make.user(Role.EXPERT, "BG")
    poll, people = running()
    now = timezone.now()
    polls.ask(poll_id=poll.pk, people=[expert.person], by=poll.created_by.user, at=now)
    client, url = as_user(expert), reverse("poll_detail", args=[poll.pk])
    first = slot_ids(poll)[0]
    assert client.post(reverse("poll_vote", args=[poll.pk]), {f"slot_{first}": "yes"}).url == url
    page = client.get(url)
    assert page.context["page"].lines[0].ranked.yes == 1
    assert "1 yes, 0 if needed, 0 no, 3 silent" in page.content.decode()
    assert people[0].name not in page.content.decode()
    own = as_user(poll.created_by.user).get(url).content.decode()
    assert people[0].name in own


@pytest.mark.django_db
def test_today_asks_for_an_open_vote(as_user):
    expert = make.user(Role.EXPERT, "BG")
    poll, _people = running()
    polls.ask(poll_id=poll.pk, people=[expert.person], by=poll.created_by.user, at=timezone.now())
    page = as_user(expert).get("/").content.decode()
    assert "Which times suit you? When do we meet?" in page
    vote(poll, expert.person, "yes", at=timezone.now())
    assert "Which times suit you?" not in as_user(expert).get("/").content.decode()
