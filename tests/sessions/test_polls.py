"""Polls: times to choose from, votes by link, the best one, and the session that comes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import to_wall
from experts.domain import message_kinds, outbox
from experts.enums import Role
from experts.models import AuditEvent, Message
from sessions.domain import agendas, poll_closing, poll_page, poll_results, polls
from sessions.domain.calendar_text import message as calendar_text
from sessions.enums import AskedThrough, Suits
from sessions.models import CopSession, Invitation, Poll, PollVote, PollVoter
from tests import factories as make

NOW = make.NOW
ONLINE = {"mode": "online", "online_link": "https://meet.example.org/x"}


def slot_ids(poll: Poll) -> list[int]:
    return [slot.pk for slot in polls.open_slots(poll)]


def vote(poll: Poll, person, *suits: str, at: datetime = NOW) -> PollVoter:
    voter = PollVoter.objects.get(poll=poll, person=person)
    votes = {pk: s for pk, s in zip(slot_ids(poll), suits, strict=False) if s}
    return polls.vote_by_link(token=polls.link_token(voter), votes=votes, at=at)


def winner(slot_id: int) -> poll_closing.Winner:
    return poll_closing.Winner(slot_id=slot_id, **ONLINE)


def link(poll: Poll, person) -> str:
    voter = PollVoter.objects.get(poll=poll, person=person)
    return reverse("poll_answer", args=[polls.link_token(voter)])


def running(**more) -> tuple[Poll, list]:
    """A poll that is open by the real clock, with three voters asked."""
    people = [make.person(account=False) for _ in range(3)]
    now = timezone.now()
    days = [(now + timedelta(days=20 + n)).date() for n in range(3)]
    more = {"slots": tuple((day, time(10)) for day in days)} | more
    closes = now + timedelta(days=5)
    return make.poll(voters=people, at=now, closes_at=closes, **more), people


# --- pure results ---------------------------------------------------------------------------

SAID = st.sampled_from([None, *Suits.values])


def slots_of(table: list[list[str | None]]) -> list[poll_results.Slot]:
    start = datetime(2026, 12, 1, 8, tzinfo=UTC)
    return [
        poll_results.Slot(
            n, start + timedelta(days=n), {v: s for v, s in enumerate(column) if s is not None}
        )
        for n, column in enumerate(table)
    ]


@st.composite
def tables(draw):
    voters = draw(st.integers(1, 6))
    return draw(st.lists(st.lists(SAID, min_size=voters, max_size=voters), min_size=1, max_size=6))


def countries(voters: int) -> dict[int, str]:
    return {n: "BG" if n % 2 else "EL" for n in range(voters)}


@given(tables(), st.integers(0, 3), st.randoms())
def test_the_order_does_not_depend_on_how_the_slots_come(table, quorum, random):
    voters, slots = countries(len(table[0])), slots_of(table)
    asked = {"voters": voters, "quorums": {"BG": quorum}}
    first = [r.slot.key for r in poll_results.rank(slots, **asked)]
    random.shuffle(slots)
    assert [r.slot.key for r in poll_results.rank(slots, **asked)] == first


@given(tables(), st.integers(0, 3), st.data())
def test_one_more_yes_never_ranks_a_slot_lower(table, quorum, data):
    voters = countries(len(table[0]))
    slot = data.draw(st.integers(0, len(table) - 1))
    voter = data.draw(st.integers(0, len(voters) - 1))
    asked = {"voters": voters, "quorums": {"BG": quorum}}
    before = [r.slot.key for r in poll_results.rank(slots_of(table), **asked)].index(slot)
    table[slot][voter] = Suits.YES
    after = [r.slot.key for r in poll_results.rank(slots_of(table), **asked)].index(slot)
    assert after <= before


@given(tables())
def test_every_voter_is_counted_once_in_each_slot(table):
    voters = countries(len(table[0]))
    for ranked in poll_results.rank(slots_of(table), voters=voters, quorums={}):
        assert ranked.total == len(voters)


def test_yes_counts_before_if_needed_and_the_quorum_before_both():
    # Columns are slots, rows voters 0 (EL) and 1, 2 (BG, EL).
    table = [["yes", "no", "yes"], ["if_needed", "yes", "no"], ["yes", "if_needed", "no"]]
    asked = {"voters": countries(3), "quorums": {}}
    plain = poll_results.rank(slots_of(table), **asked)
    assert [(r.slot.key, r.yes, r.if_needed) for r in plain] == [(0, 2, 0), (1, 1, 1), (2, 1, 1)]
    assert [r.place for r in plain] == [1, 2, 2]
    with_quorum = poll_results.rank(slots_of(table), **asked | {"quorums": {"BG": 1}})
    assert [r.slot.key for r in with_quorum] == [1, 2, 0]
    assert [r.quorum_met for r in with_quorum] == [True, True, False]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(5, 1440))
def test_an_agenda_fitted_to_a_length_adds_up_to_it(lengths, minutes):
    fitted = agendas.fitted([(f"Step {n}", m) for n, m in enumerate(lengths)], minutes)
    assert sum(length for _title, length in fitted) == minutes
    assert all(length > 0 for _title, length in fitted)


# --- making and changing --------------------------------------------------------------------


def filled(**changes: str) -> dict[str, str]:
    soon = timezone.now().date()
    data = {
        "title": "When do we meet?",
        "kind": "regular",
        "host_cops": str(make.cop(make.country("BG")).pk),
        "purpose": "",
        "minutes": "90",
        "zone": "Europe/Sofia",
        "closes_day": (soon + timedelta(days=5)).isoformat(),
        "closes_clock": "18:00",
        "slots-TOTAL_FORMS": "3",
        "slots-INITIAL_FORMS": "0",
        "slots-0-day": "2027-05-11",
        "slots-0-clock": "10:00",
        "slots-1-day": "2027-05-12",
        "slots-1-clock": "10:00",
        "slots-2-day": "",
        "slots-2-clock": "",
        "quorum_BG": "2",
    }
    return data | changes


@pytest.mark.django_db
def test_a_filled_form_makes_the_poll_with_its_slots_and_quorum(as_user):
    client = as_user(make.user(Role.COORDINATOR))
    page = client.post(reverse("poll_new"), filled())
    poll = Poll.objects.get()
    assert page.headers["Location"] == reverse("poll_ask", args=[poll.pk])
    assert [f"{s.starts_at:%m-%d %H:%M}" for s in poll.slots.all()] == [
        "05-11 07:00",
        "05-12 07:00",
    ]
    assert [(q.country.code, q.people) for q in poll.quorums.all()] == [("BG", 2)]
    assert AuditEvent.objects.filter(deed="poll made", object_id=poll.pk).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "where", "sentence"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"zone": "Mars/Base"}, "zone", "Select a valid choice."),
        ({"minutes": "4"}, "minutes", "greater than or equal to 5"),
        ({"host_cops": "99999999999999999999999"}, "host_cops", "Select a valid choice."),
        ({"closes_day": "2020-01-01"}, "__all__", "still to come"),
        ({"closes_day": "9999-12-31"}, "closes_day", "between the years 2000 and 2100"),
        ({"quorum_EL": "1"}, "quorum_EL", "not among the hosts"),
        ({"slots-1-day": "", "slots-1-clock": ""}, "slots", "at least two different times"),
        ({"slots-1-day": "2027-05-11"}, "slots", "at least two different times"),
        ({"slots-1-clock": ""}, "row", "Say when it starts."),
        ({"slots-1-day": "0000-13-99"}, "row", "Enter a valid date."),
        ({"slots-1-day": "2027-03-28", "slots-1-clock": "03:30"}, "__all__", "clocks in Sofia"),
        ({"slots-1-day": "2027-10-31", "slots-1-clock": "03:30"}, "__all__", "clocks in Sofia"),
        ({"slots-TOTAL_FORMS": "100000"}, "slots", "at most 30"),
        ({"slots-TOTAL_FORMS": "abc"}, "slots", "at least two different times"),
    ],
)
def test_bad_input_says_what_to_do_keeps_what_was_typed_and_changes_nothing(
    as_user, changes, where, sentence
):
    make.country("EL")
    page = as_user(make.user(Role.COORDINATOR)).post(reverse("poll_new"), filled(**changes))
    form, formset = page.context["form"], page.context["formset"]
    found = {
        "slots": formset.non_form_errors,
        "row": lambda: [e for row in formset.errors for errors in row.values() for e in errors],
    }.get(where, lambda: form.errors[where])()
    assert sentence in " ".join(found)
    assert form["kind"].value() == "regular"
    assert not Poll.objects.exists()


@pytest.mark.django_db
def test_more_rows_adds_rows_and_loses_nothing(as_user):
    client = as_user(make.user(Role.COORDINATOR))
    page = client.post(reverse("poll_new"), filled(more_rows="1"))
    assert page.context["formset"].total_form_count() == 7
    assert not Poll.objects.exists()


@pytest.mark.django_db
def test_lesson_b30_loomio_4595_votes_survive_taking_a_time_back_and_bringing_it_again():
    anna = make.person()
    poll = make.poll(voters=[anna])
    by = poll.created_by.user
    vote(poll, anna, "yes", "no", "if_needed")
    fewer = make.poll_plan(title="New title", slots=((date(2026, 12, 9), time(10)),) * 2)
    polls.change(poll_id=poll.pk, version=1, plan=fewer, by=by, at=NOW)
    assert [r.slot.votes for r in poll_page.tally(poll).ranked] == [
        {PollVoter.objects.get().pk: "no"}
    ]
    polls.change(poll_id=poll.pk, version=2, plan=make.poll_plan(), by=by, at=NOW)
    said = PollVote.objects.order_by("slot__starts_at").values_list("suits", flat=True)
    assert list(said) == ["yes", "no", "if_needed"]
    assert len(slot_ids(poll)) == 3


@pytest.mark.django_db
def test_two_editors_get_a_sentence_and_may_save_again_knowingly(as_user):
    poll, _people = running()
    client, url = as_user(poll.created_by.user), reverse("poll_edit", args=[poll.pk])
    first = filled(version="1", title="First") | {"slots-INITIAL_FORMS": "0"}
    assert client.post(url, first).status_code == 302
    page = client.post(url, filled(version="1", title="Second"))
    assert page.status_code == 409
    assert "Somebody else changed this poll" in page.content.decode()
    assert "“First”" in page.content.decode()
    assert page.context["form"]["title"].value() == "Second"
    assert Poll.objects.get().title == "First"
    again = page.context["form"]["version"].value()
    assert client.post(url, filled(version=again, title="Second")).status_code == 302
    assert Poll.objects.get().title == "Second"


@pytest.mark.django_db
def test_lesson_b26_rallly_222_an_edit_never_moves_typed_hours_to_another_zone(as_user):
    poll, _people = running()
    before = [slot.starts_at for slot in poll.slots.all()]
    rows = {}
    for n, slot in enumerate(poll.slots.all()):
        rows |= {f"slots-{n}-day": slot.wall_day.isoformat(), f"slots-{n}-clock": "10:00"}
    url = reverse("poll_edit", args=[poll.pk])
    page = as_user(poll.created_by.user).post(url, filled(version="1", zone="Europe/Rome", **rows))
    assert page.status_code == 302
    poll.refresh_from_db()
    assert poll.zone == "Europe/Sofia"
    assert [slot.starts_at for slot in poll.slots.all()] == before


@pytest.mark.django_db(transaction=True)
def test_a_poll_that_cannot_be_written_leaves_nothing_behind(monkeypatch):
    by = make.user(Role.COORDINATOR)

    def broken(**_more):
        raise RuntimeError

    monkeypatch.setattr("sessions.domain.polls.audit.record", broken)
    with pytest.raises(RuntimeError):
        polls.make(plan=make.poll_plan(), by=by, at=NOW)
    assert not Poll.objects.exists()


@pytest.mark.django_db
def test_a_coordinator_of_another_country_cannot_host_or_change():
    poll, italian = make.poll(), make.user(Role.COORDINATOR, "IT")
    with pytest.raises(Refused):
        polls.make(plan=make.poll_plan("BG"), by=italian, at=NOW)
    with pytest.raises(Refused):
        polls.change(poll_id=poll.pk, version=1, plan=make.poll_plan(), by=italian, at=NOW)
    for deed in (polls.nudge, poll_closing.end_without_session):
        with pytest.raises(Refused):
            deed(poll_id=poll.pk, by=italian, at=NOW)


# --- asking and voting ----------------------------------------------------------------------


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
        texts.append(kind.render(message, kind.load(message), NOW).text)
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


# --- nudging --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_lesson_b31_newdle_498_who_has_not_voted_is_nudged_with_their_own_link():
    anna, bert = make.person(), make.person()
    poll = make.poll(voters=[anna, bert])
    vote(poll, anna, "yes")
    assert polls.nudge(poll_id=poll.pk, by=poll.created_by.user, at=NOW) == 1
    message = Message.objects.get(kind=polls.NUDGE)
    assert message.person == bert
    kind = message_kinds.get(polls.NUDGE)
    mail = kind.render(message, kind.load(message), NOW)
    assert link(poll, bert) in mail.text
    assert link(poll, anna) not in mail.text + mail.html


@pytest.mark.django_db
def test_nobody_is_nudged_twice_within_a_day():
    poll = make.poll(voters=[make.person()])
    by = poll.created_by.user
    hours = [0, 1, 23, 24, 47, 48]
    counts = [polls.nudge(poll_id=poll.pk, by=by, at=NOW + timedelta(hours=h)) for h in hours]
    assert counts == [1, 0, 0, 1, 0, 1]
    assert Message.objects.filter(kind=polls.NUDGE).count() == 3


@pytest.mark.django_db
def test_a_nudge_is_dropped_when_the_vote_comes_first(sink):
    anna = make.person()
    poll = make.poll(voters=[anna])
    polls.nudge(poll_id=poll.pk, by=poll.created_by.user, at=NOW)
    vote(poll, anna, "yes")
    drained = outbox.send_due(at=NOW)
    assert (drained.sent, drained.withdrawn) == (0, 2)


@pytest.mark.django_db
def test_lesson_b31_newdle_436_the_best_time_stands_first(as_user):
    poll, people = running()
    now = timezone.now()
    for person in people:
        vote(poll, person, "no", "if_needed", "yes", at=now)
    page = as_user(poll.created_by.user).get(reverse("poll_detail", args=[poll.pk]))
    shown = [line.pk for line in page.context["page"].lines]
    assert shown == list(reversed(slot_ids(poll)))


# --- closing --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_lesson_b29_loomio_4495_closing_plans_the_session_and_invites_every_voter():
    people = [make.person() for _ in range(4)]
    poll = make.poll(voters=people)
    for person, said in zip(people, ["no", "if_needed", "yes", ""], strict=True):
        vote(poll, person, said) if said else None
    session = poll_closing.close(
        poll_id=poll.pk, winner=winner(slot_ids(poll)[0]), by=poll.created_by.user, at=NOW
    )
    poll.refresh_from_db()
    assert poll.session == session
    assert (session.title, session.kind, session.minutes) == (poll.title, poll.kind, 90)
    assert sum(step.minutes for step in session.steps.all()) == 90
    invited = list(session.invitations.order_by("pk").values_list("person_id", flat=True))
    assert invited == [people[n].pk for n in (2, 1, 3, 0)]
    assert set(session.invitations.values_list("asked_through", flat=True)) == {AskedThrough.POLL}
    assert Message.objects.filter(kind="session_invitation").count() == 4


@pytest.mark.django_db
def test_closing_twice_is_closing_once():
    poll = make.poll(voters=[make.person()])
    first, second, _third = slot_ids(poll)
    by = poll.created_by.user
    one = poll_closing.close(poll_id=poll.pk, winner=winner(first), by=by, at=NOW)
    two = poll_closing.close(poll_id=poll.pk, winner=winner(second), by=by, at=NOW)
    assert one == two
    assert CopSession.objects.count() == Invitation.objects.count() == 1
    poll_closing.end_without_session(poll_id=poll.pk, by=by, at=NOW)
    assert not Message.objects.filter(kind=polls.CLOSED).exists()


@pytest.mark.django_db
def test_closing_takes_back_the_mails_that_still_ask_for_a_vote():
    poll = make.poll(voters=[make.person()])
    by = poll.created_by.user
    polls.nudge(poll_id=poll.pk, by=by, at=NOW)
    poll_closing.close(poll_id=poll.pk, winner=winner(slot_ids(poll)[0]), by=by, at=NOW)
    kinds = [polls.INVITATION, polls.NUDGE]
    assert not Message.objects.planned().filter(kind__in=kinds).exists()
    with pytest.raises(polls.PollClosed):
        polls.nudge(poll_id=poll.pk, by=by, at=NOW)


@pytest.mark.django_db
def test_lesson_b25_rallly_1789_poll_page_and_calendar_say_the_same_instant():
    anna = make.person(zone="Europe/Lisbon")
    poll = make.poll(voters=[anna], slots=((date(2027, 3, 29), time(10)),) * 1)
    slot = poll.slots.get()
    session = poll_closing.close(
        poll_id=poll.pk, winner=winner(slot.pk), by=poll.created_by.user, at=NOW
    )
    text = calendar_text(Invitation.objects.get(), method="REQUEST", page="https://x.example/")
    assert session.starts_at == slot.starts_at == datetime(2027, 3, 29, 7, tzinfo=UTC)
    assert "DTSTART;TZID=Europe/Sofia:20270329T100000" in text.replace("\r\n ", "")
    assert to_wall(session.starts_at, poll.zone) == session.wall_start


@pytest.mark.django_db(transaction=True)
def test_a_session_that_cannot_be_planned_leaves_the_poll_open(monkeypatch):
    poll = make.poll(voters=[make.person()])

    def broken(**_more):
        raise NotPossible("no")

    monkeypatch.setattr("sessions.domain.poll_closing.invitations.invite", broken)
    with pytest.raises(NotPossible):
        poll_closing.close(
            poll_id=poll.pk, winner=winner(slot_ids(poll)[0]), by=poll.created_by.user, at=NOW
        )
    poll.refresh_from_db()
    assert poll.closed_at is None
    assert not CopSession.objects.exists()


@pytest.mark.django_db
def test_the_closing_page_plans_in_one_step_and_keeps_what_was_typed(as_user):
    poll, people = running()
    vote(poll, people[0], "", "", "yes", at=timezone.now())
    client, url = as_user(poll.created_by.user), reverse("poll_close", args=[poll.pk])
    best = slot_ids(poll)[2]
    assert client.get(url).context["form"]["slot"].value() == best
    for changes, field in (
        ({"online_link": ""}, "online_link"),
        ({"mode": "onsite"}, "place"),
        ({"slot": "999999"}, "slot"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
    ):
        page = client.post(url, {"slot": best, **ONLINE, "place": ""} | changes)
        assert field in page.context["form"].errors
        assert not CopSession.objects.exists()
    page = client.post(url, {"slot": best, **ONLINE})
    session = CopSession.objects.get()
    assert page.url == session.get_absolute_url()
    assert session.invitations.count() == 3


@pytest.mark.django_db
def test_lesson_b30_loomio_8795_the_outcome_stands_beside_the_scores(as_user):
    poll, people = running()
    vote(poll, people[0], "yes", at=timezone.now())
    client = as_user(poll.created_by.user)
    closing = client.get(reverse("poll_close", args=[poll.pk])).content.decode()
    assert "1 yes, 0 if needed, 0 no, 2 silent" in closing
    client.post(reverse("poll_close", args=[poll.pk]), {"slot": slot_ids(poll)[0], **ONLINE})
    page = client.get(reverse("poll_detail", args=[poll.pk]))
    assert page.context["page"].lines[0].is_winner
    assert "1 yes, 0 if needed, 0 no, 2 silent" in page.content.decode()
    assert CopSession.objects.get().get_absolute_url() in page.content.decode()


@pytest.mark.django_db
def test_a_poll_without_a_session_tells_everybody_once(as_user):
    poll, _people = running()
    client = as_user(poll.created_by.user)
    for _twice in range(2):
        client.post(reverse("poll_end", args=[poll.pk]))
    assert Message.objects.filter(kind=polls.CLOSED).count() == 3
    message = Message.objects.filter(kind=polls.CLOSED).first()
    kind = message_kinds.get(polls.CLOSED)
    assert kind.still_true(message, kind.load(message), timezone.now())
    assert "no session comes of it" in kind.render(message, kind.load(message), NOW).text


# --- pages ----------------------------------------------------------------------------------


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.django_db
def test_the_list_and_the_page_ask_as_often_for_many_as_for_one(as_user):
    by = make.user(Role.COORDINATOR)
    poll = make.poll(by=by, voters=[make.person()])
    client = as_user(by)
    urls = [reverse("poll_list"), reverse("poll_detail", args=[poll.pk])]
    before = [queries(client, url) for url in urls]
    for _more in range(2):
        people = [make.person() for _ in range(3)]
        polls.ask(poll_id=poll.pk, people=people, by=by, at=NOW)
        make.poll(by=by, voters=people)
        for person in people:
            vote(poll, person, "yes", "no", "if_needed")
    assert [queries(client, url) for url in urls] == before
    assert max(before) <= 12
