"""The form of a session: a kind fills it, rows move in it, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experts.enums import Role
from sessions.domain import library
from sessions.enums import Duty, GuestRule, Kind
from sessions.models import CopSession, DutyHolder, Method
from tests import factories as make
from tests.sessions.test_pages import SOON, errors, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def client(as_user, coordinator):
    return as_user(coordinator)


def rows(page) -> list[tuple[str, str]]:
    """The rows of the agenda that hold something."""
    found = [(form["title"].value(), form["minutes"].value()) for form in page.context["formset"]]
    return [(title or "", str(minutes or "")) for title, minutes in found if title or minutes]


def agenda(*steps: tuple[str, str]) -> dict[str, str]:
    data = {"steps-TOTAL_FORMS": str(len(steps)), "steps-INITIAL_FORMS": "0"}
    for number, (title, minutes) in enumerate(steps):
        data |= {f"steps-{number}-title": title, f"steps-{number}-minutes": minutes}
    return data


USUAL_ROWS = make.reminder_fields("14d", "3d", "1d", "1h", "+1d")


def offsets(page) -> list[str]:
    """The offsets of the table of reminders."""
    rows = page.context["form"]["reminders"].value()
    return [f"{row.number}{row.unit[1]}" for row in rows]


def draft_of(kind: str, **changes: str | list[str]) -> dict[str, str | list[str]]:
    """What a browser sends of a form that this kind has filled."""
    template = library.template_of(kind)
    steps = [(title, str(minutes)) for title, minutes in template.steps]
    kind_values: dict[str, str | list[str]] = {
        "kind": kind,
        "filled_kind": kind,
        "minutes": str(template.minutes),
        "guest_rule": template.guest_rule,
        "capacity": str(template.capacity or ""),
        "duties_needed": template.duties_needed,
        "documents": "\r\n".join(template.documents),
    }
    return filled() | agenda(*steps) | kind_values | USUAL_ROWS | changes


def test_a_kind_fills_duration_agenda_roles_reminders_guests_and_documents(client):
    page = client.get(f"{reverse('session_new')}?kind=focus_group")
    form = page.context["form"]
    assert form["minutes"].value() == 90
    assert rows(page)[0] == ("Consent", "15")
    assert form["duties_needed"].value() == [d.value for d in Duty]
    assert offsets(page) == ["14d", "3d", "1d", "1h", "1d"]
    assert form["guest_rule"].value() == GuestRule.SMALL
    assert form["capacity"].value() == 10
    assert form["documents"].value() == "Consent form\nFocus group guide"
    assert form["languages"].value() == ["bg"]


def test_choosing_another_kind_keeps_what_was_typed_and_fills_what_was_not_touched(client):
    typed = draft_of(
        Kind.REGULAR, title="Kept", use_kind="focus_group", **make.reminder_fields("2d")
    )
    page = client.post(reverse("session_new"), typed)
    form = page.context["form"]
    assert form["title"].value() == "Kept"
    assert form["kind"].value() == "focus_group"
    assert form["minutes"].value() == "90"
    assert rows(page)[0] == ("Consent", "15")
    assert form["guest_rule"].value() == GuestRule.SMALL
    # The reminders were changed by hand and stay.
    assert offsets(page) == ["2d"]
    assert "Please look at this again" not in page.content.decode()
    assert not CopSession.objects.exists()


def test_an_agenda_that_was_changed_is_replaced_only_when_somebody_says_so(client):
    mine = draft_of(Kind.REGULAR) | agenda(("Mine", "20")) | {"use_kind": "review"}
    page = client.post(reverse("session_new"), mine)
    assert rows(page) == [("Mine", "20")]
    assert "You changed this agenda, so it was left as it is." in page.content.decode()
    again = draft_of(Kind.REVIEW) | agenda(("Mine", "20")) | {"replace_agenda": "1"}
    page = client.post(reverse("session_new"), again)
    assert rows(page)[0] == ("What was planned", "8")
    assert page.context["form"]["minutes"].value() == "45"


def test_a_method_takes_the_place_kept_for_one(client):
    method = Method.objects.get(number=5)
    page = client.post(
        reverse("session_new"),
        draft_of(Kind.REGULAR, insert_method="1", method=str(method.pk), title="Kept"),
    )
    titles = [title for title, _minutes in rows(page)]
    assert titles[2:7] == [
        "1-2-4-All: Alone",
        "1-2-4-All: In pairs",
        "1-2-4-All: In fours",
        "1-2-4-All: All together",
        "1-2-4-All: Rank",
    ]
    assert "One method" not in titles
    assert page.context["form"]["title"].value() == "Kept"


def test_a_method_comes_last_where_no_place_is_kept(client):
    method = Method.objects.get(number=2)
    data = filled() | agenda(("News", "30"), ("Talk", "60"))
    data |= {"insert_method": "1", "method": str(method.pk)}
    page = client.post(reverse("session_new"), data)
    added = [title for title, _minutes in rows(page)][2:]
    assert added[0] == "After action review: What was planned"
    assert len(added) == 4


@pytest.mark.parametrize(
    ("deed", "value", "order"),
    [
        ("step_up", "1", ["B", "A", "C"]),
        ("step_down", "1", ["A", "C", "B"]),
        ("step_out", "1", ["A", "C"]),
        ("step_up", "0", ["A", "B", "C"]),
        ("step_down", "99", ["A", "B", "C"]),
        ("step_out", "-1", ["A", "B", "C"]),
        ("step_up", "x", ["A", "B", "C"]),
        ("use_kind", "party", ["A", "B", "C"]),
        ("insert_method", "1", ["A", "B", "C"]),
    ],
)
def test_rows_move_without_any_script_and_forged_values_move_nothing(client, deed, value, order):
    data = filled() | agenda(("A", "30"), ("B", "30"), ("C", "30")) | {deed: value}
    page = client.post(reverse("session_new"), data | {"method": "999999999"})
    assert page.status_code == 200
    assert [title for title, _minutes in rows(page)] == order
    assert page.context["form"]["online_link"].value() == "https://meet.example.org/x"
    assert not CopSession.objects.exists()


def test_rows_of_reminders_are_added_and_taken_out_without_any_script(client):
    data = draft_of(Kind.REGULAR, title="Kept")
    page = client.post(reverse("session_new"), data | {"reminder_out": "1"})
    assert offsets(page) == ["14d", "1d", "1h", "1d"]
    assert page.context["form"]["title"].value() == "Kept"
    page = client.post(reverse("session_new"), data | {"more_reminders": "1"})
    lines = page.context["form"].reminder_lines
    assert [line.row.is_blank for line in lines] == [False] * 5 + [True]
    for forged in ("99", "-1", "x"):
        page = client.post(reverse("session_new"), data | {"reminder_out": forged})
        assert len(offsets(page)) == 5


def test_a_row_of_reminders_nobody_can_read_comes_back_with_its_error_beside_it(client):
    typed = {"reminders-1-number": "soon", "reminders-3-audience": "absentees"}
    page = client.post(reverse("session_new"), everything(**typed))
    errors_of_rows = {line.number: line.error for line in page.context["form"].reminder_lines}
    assert errors_of_rows[1] == ""
    assert "whole number" in errors_of_rows[2]
    assert 'value="soon"' in page.content.decode()


def test_the_page_of_a_session_says_its_rules_and_what_is_due_next(client):
    client.post(reverse("session_new"), everything())
    session = CopSession.objects.get()
    make.invitation(session, make.person())
    body = client.get(reverse("session_detail", args=[session.pk])).content.decode()
    assert "7 days before: Reminder (invited, not declined)" in body
    assert "Reminder to 1 person (invited, not declined)" in body


def test_the_duration_is_set_to_the_sum(client):
    data = filled() | agenda(("A", "30"), ("B", "25"), ("C", "x"), ("D", "")) | {"take_sum": "1"}
    page = client.post(reverse("session_new"), data)
    assert page.context["form"]["minutes"].value() == "55"


def test_the_same_buttons_work_on_a_session_that_exists(client, coordinator):
    session = make.cop_session(by=coordinator, day=SOON, steps=(("A", 60), ("B", 30)))
    data = filled() | agenda(("A", "60"), ("B", "30")) | {"step_down": "0", "version": "1"}
    page = client.post(reverse("session_edit", args=[session.pk]), data)
    assert [title for title, _minutes in rows(page)] == ["B", "A"]
    assert page.context["form"]["version"].value() == "1"
    session.refresh_from_db()
    assert session.version == 1


def everything(**changes) -> dict[str, object]:
    facilitator, interpreter = make.person(name="Anna"), make.person(name="Boris")
    return (
        draft_of(
            Kind.JOINT,
            facilitator=f"{facilitator.name} (BG)",
            note_taker="",
            interpreter_1=interpreter.name,
            interpreter_1_from="bg",
            interpreter_1_into="el",
            languages=["bg", "en"],
            capacity="20",
            seats_BG="8",
            **make.reminder_fields("2h", "7d", "1d"),
            guest_rule="open",
            documents="One\nTwo",
            competences=["lifecomp.s1", "digcomp.1"],
        )
        | changes
    )


def test_the_second_rank_is_saved_and_comes_back_on_the_form_and_the_page(client):
    assert client.post(reverse("session_new"), everything()).status_code == 302
    session = CopSession.objects.get()
    assert (session.languages, session.capacity) == (["bg", "en"], 20)
    assert [rule["offset"] for rule in session.reminders] == ["-7d", "-1d", "-2h"]
    assert (session.guest_rule, session.documents) == (GuestRule.OPEN, ["One", "Two"])
    assert session.competences == ["digcomp.1", "lifecomp.s1"]
    assert [(q.country.code, q.seats) for q in session.country_seats.all()] == [("BG", 8)]
    held = [(h.duty, h.person.name, h.languages) for h in session.duty_holders.all()]
    assert held == [("facilitator", "Anna", []), ("interpreter", "Boris", ["bg", "el"])]
    body = client.get(reverse("session_detail", args=[session.pk])).content.decode()
    for words in ("Bulgarian, English", "Anna", "Bulgarian – Greek", "Nobody yet", "20 seats"):
        assert words in body
    assert "LifeComp: Empathy" in body
    page = client.get(reverse("session_edit", args=[session.pk]))
    form = page.context["form"]
    assert form["facilitator"].value() == "Anna (BG)"
    assert form["interpreter_1_into"].value() == "el"
    assert form["seats_BG"].value() == 8
    assert form["competences"].value() == ["digcomp.1", "lifecomp.s1"]
    assert offsets(page) == ["7d", "1d", "2h"]


def test_a_form_that_came_without_the_second_rank_leaves_it_as_it_is(client):
    client.post(reverse("session_new"), everything())
    session = CopSession.objects.get()
    data = filled() | {"version": "1", "title": "Another title"}
    response = client.post(reverse("session_edit", args=[session.pk]), data)
    assert response.status_code == 302
    session.refresh_from_db()
    assert (session.title, session.capacity) == ("Another title", 20)
    assert session.competences == ["digcomp.1", "lifecomp.s1"]
    assert DutyHolder.objects.filter(session=session).count() == 2


def test_two_editors_see_where_the_second_rank_differs(client):
    client.post(reverse("session_new"), everything())
    session = CopSession.objects.get()
    url = reverse("session_edit", args=[session.pk])
    data = draft_of(Kind.JOINT, version="1", languages=["bg", "en"])
    data |= make.reminder_fields("7d", "1d", "2h")
    assert client.post(url, data | {"capacity": "5", "documents": "One\nTwo"}).status_code == 302
    page = client.post(url, data | {"capacity": "6", "documents": "One\nTwo"})
    assert page.status_code == 409
    rows = [(row.label, row.theirs, row.yours) for row in page.context["rows"]]
    assert rows == [("Seats", "5", "6")]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"facilitator": "Nobody Known"}, "facilitator", "Nobody of this name"),
        ({"facilitator": "Twin"}, "facilitator", "Several people have this name"),
        ({"facilitator": "<script>alert(1)</script>"}, "facilitator", "Nobody of this name"),
        ({"interpreter_1_into": ""}, "interpreter_1_from", "Choose the two languages."),
        ({"interpreter_1_into": "bg"}, "interpreter_1_from", "Choose the two languages."),
        ({"interpreter_1_into": "xx"}, "interpreter_1_into", "Select a valid choice."),
        ({"interpreter_2_from": "bg"}, "interpreter_2", "Say who interprets."),
        ({"languages": ["xx"]}, "languages", "Select a valid choice."),
        ({"duties_needed": ["king"]}, "duties_needed", "Select a valid choice."),
        ({"room": "999999"}, "room", "Select a valid choice."),
        ({"capacity": "-1"}, "capacity", "greater than or equal to 1"),
        ({"seats_BG": "99999999999"}, "seats_BG", "less than or equal to 10000"),
        ({"reminders-0-number": "soon"}, "reminders", "as a whole number from 1"),
        ({"reminders-0-number": "1" * 10_000}, "reminders", "as a whole number from 1"),
        ({"reminders-0-number": "91"}, "reminders", "at most 90 days"),
        ({"reminders-0-audience": "enemies"}, "reminders", "Choose from the lists"),
        ({"reminders-0-audience": "absentees"}, "reminders", "after the session only"),
        ({"reminders-0-mail": "after"}, "reminders", "after the session only"),
        ({"reminders-0-mail": "checklist"}, "reminders", "is not written for"),
        ({"documents": "x\n" * 30}, "documents", "At most 20 documents"),
        ({"competences": ["xx"]}, "competences", "Select a valid choice."),
        ({"competences": [f"digcomp.{n}" for n in range(1, 5)]}, "competences", "at most 3"),
        ({"last_day": "2026-13-01"}, "last_day", "Enter a valid date."),
    ],
)
def test_bad_input_in_the_second_rank_opens_it_keeps_it_and_changes_nothing(
    client, changes, field, sentence
):
    make.person(name="Twin", code="IT")
    make.person(name="Twin", code="ES")
    page = client.post(reverse("session_new"), everything(**changes))
    assert page.status_code == 200
    assert sentence in " ".join(errors(page)[field])
    assert page.context["form"].opens_details == (field != "room")
    assert page.context["form"]["facilitator"].value() == changes.get("facilitator", "Anna (BG)")
    assert not CopSession.objects.exists()


@pytest.mark.parametrize("typed", ["Twin (BG)", "twin (BG)", "TWIN@example.org"])
def test_namesakes_are_told_apart_by_country_or_address(client, typed):
    make.person(name="Twin", code="IT")
    twin = make.person(name="Twin", code="BG", email="twin@example.org")
    assert client.post(reverse("session_new"), everything(facilitator=typed)).status_code == 302
    assert DutyHolder.objects.get(duty="facilitator").person == twin


def test_an_address_one_may_not_see_finds_nobody(client):
    stranger = make.person(code="IT")
    page = client.post(reverse("session_new"), everything(facilitator=stranger.email))
    assert "Nobody of this name" in errors(page)["facilitator"][0]


def test_the_form_costs_the_same_for_one_person_and_room_and_three(client):
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("session_new")).status_code == 200
        return len(found)

    make.person()
    make.room()
    one = count()
    for code in ("IT", "ES"):
        make.person(code=code)
        make.room(code)
    assert count() == one


def test_the_sessions_page_costs_the_same_for_one_role_and_three(client, coordinator):
    def count(session: CopSession) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("session_detail", args=[session.pk])).status_code == 200
        return len(found)

    session = make.cop_session(by=coordinator, day=SOON, at=timezone.now(), room=make.room())
    make.invitation(session, make.person(), at=timezone.now())
    DutyHolder.objects.create(session=session, person=make.person(), duty=Duty.FACILITATOR)
    one = count(session)
    for duty in (Duty.NOTE_TAKER, Duty.INTERPRETER):
        DutyHolder.objects.create(session=session, person=make.person(), duty=duty)
    assert count(session) == one
    assert one <= 12
