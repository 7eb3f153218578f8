"""Polls are made and changed; votes survive."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from sessions.domain import poll_closing, poll_page, polls
from sessions.models import Poll, PollVote, PollVoter
from tests import factories as make
from tests.sessions.polls.world import NOW, running, slot_ids, vote


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
