"""The library of kinds and methods: what it holds, who edits it, what an edit changes."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.domain import audit
from experts.enums import Role
from experts.models import AuditEvent
from sessions.domain import library, reminder_rules, standards
from sessions.enums import Duty, GuestRule, Kind
from sessions.models import KindTemplate, Method
from tests import factories as make

pytestmark = pytest.mark.django_db

MINUTES = {1: 90, 2: 45, 3: 110, 4: 60, 5: 20, 6: 45, 7: 36, 8: 60, 9: 75, 10: 60, 11: 90, 12: 40}
KIND_MINUTES = {
    Kind.KICK_OFF: 120,
    Kind.REGULAR: 90,
    Kind.FEEDBACK: 90,
    Kind.FOCUS_GROUP: 90,
    Kind.PROBLEM_CLINIC: 90,
    Kind.PRACTICE_FAIR: 75,
    Kind.JOINT: 120,
    Kind.REVIEW: 45,
    Kind.TRAINING: 120,
    Kind.ONBOARDING: 45,
    Kind.CLOSING: 90,
}


@pytest.fixture
def manager():
    return make.user(Role.PROJECT_MANAGER)


def content(*steps: tuple[str, int], **more) -> library.KindContent:
    values = {
        "duties_needed": (Duty.FACILITATOR,),
        "reminders": make.reminders("-1d"),
        "guest_rule": GuestRule.CHOSEN,
        "capacity": None,
        "documents": (),
        "chatham_house": False,
    }
    return library.KindContent(steps=steps or (("Talk", 30),), **values | more)


def test_twelve_methods_stand_there_with_the_minutes_of_the_brief():
    assert {m.number: m.minutes for m in Method.objects.all()} == MINUTES


def test_eleven_kinds_stand_there_with_their_agendas_and_the_usual_ladder():
    rows = {row.kind: row for row in KindTemplate.objects.all()}
    assert {kind: row.minutes for kind, row in rows.items()} == KIND_MINUTES
    assert all(
        reminder_rules.read(row.reminders) == standards.USUAL_REMINDERS for row in rows.values()
    )
    assert all(Duty.FACILITATOR in row.duties_needed for row in rows.values())


def test_a_focus_group_is_small_needs_an_interpreter_and_has_consent_and_guide():
    row = library.template_of(Kind.FOCUS_GROUP)
    assert (row.guest_rule, row.capacity) == (GuestRule.SMALL, 10)
    assert row.duties_needed == [Duty.FACILITATOR, Duty.NOTE_TAKER, Duty.INTERPRETER]
    assert row.documents == ["Consent form", "Focus group guide"]


def test_laying_out_twice_keeps_what_was_edited_and_adds_what_is_missing():
    Method.objects.filter(number=1).update(name="Our own way")
    Method.objects.filter(number=2).delete()
    library.lay_out(apps=apps, using="default")
    library.lay_out(apps=apps, using="default")
    assert Method.objects.count() == 12
    assert Method.objects.get(number=1).name == "Our own way"


@pytest.mark.parametrize("role", [r for r in Role if r != Role.PROJECT_MANAGER])
def test_only_the_project_manager_edits(role):
    by = make.user(role)
    row, method = library.template_of(Kind.REGULAR), Method.objects.get(number=1)
    with pytest.raises(Refused):
        library.save_kind(template_id=row.pk, version=1, content=content(), by=by, at=make.NOW)
    with pytest.raises(Refused):
        library.restore_method(method_id=method.pk, version=1, by=by, at=make.NOW)


def test_an_edited_kind_is_what_a_new_session_starts_from(as_user, manager):
    row = library.template_of(Kind.REGULAR)
    wanted = content(("Coffee", 20), ("Work", 40), reminders=make.reminders("-7d"))
    library.save_kind(template_id=row.pk, version=1, content=wanted, by=manager, at=make.NOW)
    page = as_user(manager).get(f"{reverse('session_new')}?kind=regular")
    assert page.context["form"]["minutes"].value() == 60
    assert [row.number for row in page.context["form"]["reminders"].value()] == ["7"]
    assert [form["title"].value() for form in page.context["formset"]][:2] == ["Coffee", "Work"]
    assert AuditEvent.objects.filter(deed="kind template edited").count() == 1


def test_two_editors_the_second_is_told_and_nothing_is_lost(as_user, manager):
    client, method = as_user(manager), Method.objects.get(number=2)
    url = reverse("method_edit", args=[method.pk])
    data = {
        "name": "Second",
        "purpose": "",
        "version": "1",
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-0-title": "All",
        "steps-0-minutes": "45",
    }
    assert client.post(url, data | {"name": "First"}).status_code == 302
    page = client.post(url, data)
    assert page.status_code == 409
    assert "Somebody else changed this template" in page.content.decode()
    assert page.context["form"]["name"].value() == "Second"
    method.refresh_from_db()
    assert method.name == "First"
    assert client.post(url, data | {"version": "2"}).status_code == 302
    method.refresh_from_db()
    assert (method.name, method.steps) == ("Second", [["All", 45]])


def test_back_to_the_standard_brings_name_and_steps_back(as_user, manager):
    client, method = as_user(manager), Method.objects.get(number=7)
    Method.objects.filter(pk=method.pk).update(name="Changed", steps=[["x", 1]])
    url = reverse("method_edit", args=[method.pk])
    assert client.post(url, {"version": "1", "standard": "1"}).status_code == 302
    method.refresh_from_db()
    assert (method.name, method.minutes, method.version) == ("Troika", 36, 2)
    kind = library.template_of(Kind.TRAINING)
    KindTemplate.objects.filter(pk=kind.pk).update(steps=[["x", 1]])
    url = reverse("kind_edit", args=[kind.pk])
    assert client.post(url, {"version": "1", "standard": "1"}).status_code == 302
    assert library.template_of(Kind.TRAINING).minutes == 120


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"reminders-0-unit": "x"}, "reminders", "as a whole number from 1"),
        (make.reminder_fields(*(f"{n}d" for n in range(1, 20))), "reminders", "At most 10"),
        ({"guest_rule": "nobody"}, "guest_rule", "Select a valid choice"),
        ({"capacity": "0"}, "capacity", "greater than or equal to 1"),
        ({"documents": "x" * 201}, "documents", "at most 200"),
        ({"steps-0-title": "", "steps-0-minutes": ""}, "__all__", "at least one step"),
        ({"version": "x"}, "version", "whole number"),
    ],
)
def test_bad_input_says_what_to_do_and_changes_nothing(as_user, manager, changes, field, sentence):
    row = library.template_of(Kind.REVIEW)
    data = {
        "version": "1",
        "guest_rule": "chosen",
        **make.reminder_fields("1d"),
        "documents": "",
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-0-title": "All",
        "steps-0-minutes": "45",
    }
    page = as_user(manager).post(reverse("kind_edit", args=[row.pk]), data | changes)
    assert page.status_code == 200
    assert sentence in page.context["form"].errors[field][0]
    row.refresh_from_db()
    assert row.version == 1


def test_a_save_that_fails_at_the_audit_changes_nothing(manager, monkeypatch):
    def fail(**_detail):
        raise RuntimeError

    row = library.template_of(Kind.REVIEW)
    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        library.save_kind(template_id=row.pk, version=1, content=content(), by=manager, at=make.NOW)
    row.refresh_from_db()
    assert (row.version, row.minutes) == (1, 45)


def test_rows_are_moved_without_any_script(as_user, manager):
    row = library.template_of(Kind.ONBOARDING)
    client, url = as_user(manager), reverse("kind_edit", args=[row.pk])
    data = {
        "version": "1",
        "steps-TOTAL_FORMS": "2",
        "steps-0-title": "One",
        "steps-0-minutes": "5",
        "steps-1-title": "Two",
        "steps-1-minutes": "6",
        "step_up": "1",
    }
    page = client.post(url, data)
    assert [form["title"].value() for form in page.context["formset"]][:2] == ["Two", "One"]
    row.refresh_from_db()
    assert row.version == 1


def test_every_member_reads_the_library_in_a_handful_of_queries(as_user):
    client = as_user(make.user(Role.EXPERT))
    with CaptureQueriesContext(connection) as found:
        page = client.get(reverse("library_list"))
    body = page.content.decode()
    assert "Peer assist" in body
    assert "Edit Peer assist" not in body
    assert len(found) <= 6
