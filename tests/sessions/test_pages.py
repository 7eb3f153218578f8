"""The pages of sessions: bad input, hostile text, counts of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experts import reference
from experts.enums import Role
from experts.models import Message
from sessions.domain import invitations, planning
from sessions.enums import Answer
from sessions.models import CopSession, Invitation
from tests import factories as make

pytestmark = pytest.mark.django_db
SOON = (timezone.now() + timedelta(days=20)).date()


def filled(**changes: str) -> dict[str, str]:
    """A form a coordinator of Bulgaria could send."""
    data = {
        "title": "First meetings",
        "kind": "regular",
        "host_cops": str(make.cop(make.country("BG")).pk),
        "day": SOON.isoformat(),
        "clock": "10:00",
        "zone": "Europe/Sofia",
        "minutes": "90",
        "mode": "online",
        "online_link": "https://meet.example.org/x",
        "place": "",
        "purpose": "",
        "steps-TOTAL_FORMS": "2",
        "steps-INITIAL_FORMS": "0",
        "steps-0-title": "News",
        "steps-0-minutes": "30",
        "steps-1-title": "One method",
        "steps-1-minutes": "60",
    }
    return data | changes


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


def errors(response) -> dict[str, list[str]]:
    return response.context["form"].errors


def test_a_filled_form_plans_the_session_with_its_agenda(client):
    page = client.post(reverse("session_new"), filled())
    session = CopSession.objects.get()
    assert page.headers["Location"] == reverse("session_invite", args=[session.pk])
    steps = list(session.steps.values_list("title", "minutes"))
    assert steps == [("News", 30), ("One method", 60)]


def test_materials_on_the_table_stand_on_the_sessions_page(client):
    material = make.material("BG")
    client.post(reverse("session_new"), filled(materials=str(material.pk)))
    session = CopSession.objects.get()
    page = client.get(reverse("session_detail", args=[session.pk]))
    assert page.context["page"].materials == [material]
    edit = client.get(reverse("session_edit", args=[session.pk]))
    assert edit.context["form"]["materials"].value() == [material.pk]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"title": "x" * 1_000_000}, "title", "Please shorten this to 200 characters"),
        ({"day": "9999-01-01"}, "day", "between the years 2000 and 2100"),
        ({"day": "1999-12-31"}, "day", "between the years 2000 and 2100"),
        ({"day": "2026-02-30"}, "day", "Enter a valid date."),
        ({"clock": "25:00"}, "clock", "Enter a valid time."),
        ({"zone": "Mars/Base"}, "zone", "Select a valid choice."),
        ({"minutes": "0"}, "minutes", "greater than or equal to 5"),
        ({"minutes": "99999999999999999999"}, "minutes", "less than or equal to 1440"),
        ({"online_link": "javascript:alert(1)"}, "online_link", "Enter a valid URL."),
        ({"online_link": ""}, "online_link", "Add the link people join with."),
        ({"mode": "onsite"}, "place", "Say where people meet."),
        ({"host_cops": "999999"}, "host_cops", "Select a valid choice."),
        ({"minutes": "60"}, "__all__", "The steps add up to 90 minutes, the session lasts 60."),
        (
            {"day": "2027-03-28", "clock": "03:30"},
            "clock",
            "The clocks in Sofia skip this hour that night.",
        ),
        (
            {"day": "2027-10-31", "clock": "03:30"},
            "fold",
            "The clocks in Sofia show this hour twice that night.",
        ),
    ],
)
def test_bad_input_says_what_to_do_keeps_what_was_typed_and_changes_nothing(
    client, changes, field, sentence
):
    page = client.post(reverse("session_new"), filled(**changes))
    assert page.status_code == 200
    assert sentence in " ".join(errors(page)[field])
    assert page.context["form"]["kind"].value() == "regular"
    assert not CopSession.objects.exists()


def test_the_doubled_hour_is_planned_once_somebody_chose(client):
    twice = {"day": "2027-10-31", "clock": "03:30", "fold": "1"}
    assert client.post(reverse("session_new"), filled(**twice)).status_code == 302
    assert f"{CopSession.objects.get().starts_at:%H:%M}" == "01:30"


def test_more_rows_adds_rows_and_loses_nothing(client):
    page = client.post(reverse("session_new"), filled(more_rows="1", title="Kept"))
    assert page.context["formset"].total_form_count() == 5
    assert page.context["form"]["title"].value() == "Kept"
    assert not CopSession.objects.exists()


@pytest.mark.parametrize("total", ["-5", "abc", "100000", ""])
def test_a_forged_count_of_rows_is_no_server_error(client, total):
    data = filled(**{"steps-TOTAL_FORMS": total})
    assert client.post(reverse("session_new"), data).status_code in {200, 302}
    assert client.post(reverse("session_new"), data | {"more_rows": "1"}).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["country=XX", "kind=<script>", "month=2026-13", "month=9999-01", "view=grid"],
)
def test_security_5_a_filter_that_is_not_offered_is_refused(client, query):
    assert client.get(f"{reverse('session_calendar')}?{query}").status_code == 400


def test_security_5_a_span_that_is_not_offered_is_refused(client):
    assert client.get(f"{reverse('session_list')}?when=tomorrow").status_code == 400


@pytest.mark.parametrize("code", ["EL", "GR", "el"])
def test_a_country_is_found_by_either_spelling_of_its_code(client, code):
    make.country("EL")
    page = client.get(f"{reverse('session_list')}?country={code}")
    assert page.context["form"].cleaned_data["country"].code == "EL"


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", "country=%00"])
def test_unreadable_queries_are_refused_before_any_view(client, query):
    assert client.get(f"{reverse('session_list')}?{query}").status_code == 400


@pytest.mark.parametrize("page", ["0", "-1", "999999", "abc", "9" * 40])
def test_any_page_number_gives_a_page(client, page):
    assert client.get(f"{reverse('session_list')}?page={page}").status_code == 200


@pytest.mark.parametrize("query", ["ordering=person__email", "person__email__startswith=a"])
def test_security_5_unknown_parameters_probe_nothing(client, query):
    make.cop_session()
    plain = client.get(reverse("session_list"))
    probed = client.get(f"{reverse('session_list')}?{query}")
    assert list(probed.context["page_obj"]) == list(plain.context["page_obj"])


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% now %} %(person)s {0.__class__}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_security_22_and_29_hostile_text_is_shown_as_text_everywhere(client, coordinator, text):
    session = make.cop_session(
        by=coordinator, title=text, purpose=text, at=timezone.now(), day=SOON
    )
    guest = make.person()
    invitation = make.invitation(session, guest, at=timezone.now())
    token = invitations.link_token(invitation)
    invitations.answer_by_link(token=token, answer=Answer.YES, note=text, at=timezone.now())
    pages = [
        reverse("session_detail", args=[session.pk]),
        reverse("session_edit", args=[session.pk]),
        reverse("session_list"),
        f"{reverse('session_calendar')}?month={SOON:%Y-%m}",
        reverse("session_answer", args=[token]),
        reverse("today"),
    ]
    for url in pages:
        page = client.get(url)
        assert page.status_code == 200
        body = page.content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "7*7" in body or "7*7" not in text


def test_security_30_a_log_line_cannot_be_forged(caplog):
    import json
    import logging

    from cop_platform.common.logs import JsonFormatter

    record = logging.LogRecord("x", 20, "f", 1, "typed: %s", ('a\n{"level": "ERROR"}',), None)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["level"] == "INFO"


@pytest.mark.parametrize(
    "name", ["today", "session_list", "session_calendar", "person_list", "message_list"]
)
def test_one_row_and_three_rows_cost_the_same_queries(client, coordinator, name):
    def count() -> int:
        reference.countries()
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(name)).status_code == 200
        return len(found)

    guest = make.person()

    def add() -> None:
        session = make.cop_session(by=coordinator, at=timezone.now(), day=SOON)
        make.invitation(session, guest, at=timezone.now())
        make.invitation(session, coordinator.person, at=timezone.now())

    add()
    one = count()
    add()
    add()
    assert count() == one


def test_a_page_of_one_session_costs_the_same_for_one_guest_and_three(client, coordinator):
    session = make.cop_session(by=coordinator, at=timezone.now(), day=SOON)
    url = reverse("session_detail", args=[session.pk])

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    make.invitation(session, make.person(), at=timezone.now())
    one = count()
    make.invitation(session, make.person(), at=timezone.now())
    make.invitation(session, make.person(), at=timezone.now())
    assert count() == one


def test_guests_see_how_many_answered_and_never_who(as_user, coordinator):
    session = make.cop_session(by=coordinator, at=timezone.now(), day=SOON)
    other = make.person(name="Hidden Guest")
    expert = make.user()
    for someone in (other, expert.person):
        make.invitation(session, someone, at=timezone.now())
    page = as_user(expert).get(reverse("session_detail", args=[session.pk]))
    assert page.context["page"].invited == 2
    assert "Hidden Guest" not in page.content.decode()
    assert other.email not in page.content.decode()


def test_a_scanner_that_opens_the_link_answers_nothing(client):
    invitation = make.invitation(
        make.cop_session(at=timezone.now(), day=SOON), make.person(), at=timezone.now()
    )
    url = reverse("session_answer", args=[invitations.link_token(invitation)])
    for ask in (client.get, client.head):
        assert ask(url).status_code == 200
    invitation.refresh_from_db()
    assert invitation.answer == Answer.NONE
    client.post(url, {"answer": "maybe"})
    client.post(url, {"answer": "maybe"})
    assert list(Invitation.objects.values_list("answer", flat=True)) == ["maybe"]


@pytest.mark.parametrize("token", ["x", "1", "1.", "0.x", "9" * 30 + ".x", "1.ÄÖ", "1.\u202e"])
def test_a_link_that_is_not_one_is_a_kind_404(client, token):
    make.invitation(make.cop_session(), make.person())
    assert client.get(reverse("session_answer", args=[token])).status_code == 404


def test_guest_pages_send_no_referrer_and_set_no_cookie():
    from django.test import Client

    invitation = make.invitation(
        make.cop_session(at=timezone.now(), day=SOON), make.person(), at=timezone.now()
    )
    page = Client().get(reverse("session_answer", args=[invitations.link_token(invitation)]))
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]
    assert not page.cookies


def test_two_editors_get_both_texts_and_can_still_save(client, coordinator):
    session = make.cop_session(by=coordinator, at=timezone.now(), day=SOON)
    url = reverse("session_edit", args=[session.pk])
    assert client.post(url, filled(title="First", version="1")).status_code == 302
    conflict = client.post(url, filled(title="Second", version="1"))
    assert conflict.status_code == 409
    assert [(r.theirs, r.yours) for r in conflict.context["rows"]] == [("First", "Second")]
    kept = dict(conflict.context["kept"]) | {"version": str(conflict.context["session"].version)}
    assert client.post(url, kept).status_code == 302
    session.refresh_from_db()
    assert session.title == "Second"


def test_cancelling_asks_why_and_tells_how_many(client, coordinator):
    session = make.cop_session(by=coordinator, at=timezone.now(), day=SOON)
    make.invitation(session, make.person(), at=timezone.now())
    url = reverse("session_cancel", args=[session.pk])
    assert client.get(url).context["told"] == 1
    assert errors(client.post(url, {"reason": ""}))["reason"]
    client.post(url, {"reason": "Flood"})
    session.refresh_from_db()
    assert session.cancel_reason == "Flood"
    assert Message.objects.planned().filter(kind="session_cancellation").count() == 1


def test_inviting_somebody_who_is_not_on_the_list_is_refused(client, coordinator):
    session = make.cop_session(by=coordinator, at=timezone.now(), day=SOON)
    stranger = make.person(code="IT")
    page = client.post(reverse("session_invite", args=[session.pk]), {"people": [stranger.pk]})
    assert errors(page)["people"] == ["Choose people from this list."]
    assert not Invitation.objects.exists()


def test_the_database_away_gives_503_and_a_promise(client, monkeypatch):
    from django.db import OperationalError

    from sessions.views import calendar

    def away(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr(calendar.filters, "apply", away)
    page = client.get(reverse("session_list"))
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "30"
    assert "Wait half a minute" in page.content.decode()


def test_a_session_cannot_be_changed_after_it_was_cancelled(client, coordinator):
    session = make.cop_session(by=coordinator, at=timezone.now(), day=SOON)
    planning.cancel_session(session_id=session.pk, reason="x", by=coordinator, at=timezone.now())
    version = str(CopSession.objects.get().version)
    page = client.post(reverse("session_edit", args=[session.pk]), filled(version=version))
    assert "was cancelled" in " ".join(errors(page)["__all__"])
