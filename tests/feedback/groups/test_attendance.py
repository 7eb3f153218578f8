"""The attendance list: names alone, for the country's own people, and nothing that orders them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from feedback.focus_groups.domain.planning import attendance
from feedback.focus_groups.models import AttendanceLine
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return world.host()


def names(group) -> list[str]:
    return list(group.attendance.values_list("name", flat=True))


def add(group, by, *typed: str) -> int:
    return attendance.add_names(group_id=group.pk, names=typed, by=by, at=make.NOW)


def test_a_pasted_list_becomes_names(as_user, host):
    group = world.group()
    pasted = "1. Noa\r\n  2)  Kim   Lee \n\n- Amal\nnoa\n"

    as_user(host).post(reverse("attendance_list", args=[group.pk]), {"names": pasted})

    assert names(group) == ["Amal", "Kim Lee", "Noa"]


def test_the_same_list_pasted_twice_is_one(host):
    group = world.group()
    assert add(group, host, "Noa", "Kim") == 2

    assert add(group, host, "NOA", "Kim", "Sam") == 1

    assert names(group) == ["Kim", "Noa", "Sam"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type at least one name."),
        (" \n 12.\n-", "Type at least one name."),
        ("x" * 201, "A name has at most 200 characters"),
        ("😀" * 10_000, "Please shorten this to 8000 characters; it has 10000."),
        ("\n".join(f"Name {n}" for n in range(41)), "An attendance list has up to 40 names"),
        ("a\x00b", "characters that cannot be stored"),
    ],
)
def test_what_is_no_list_of_names_is_refused_and_kept(as_user, host, typed, sentence):
    group = world.group()

    page = as_user(host).post(reverse("attendance_list", args=[group.pk]), {"names": typed})

    assert sentence in page.text
    assert page.context["form"]["names"].value() == typed
    assert names(group) == []


def test_a_signature_is_noted_and_taken_back(as_user, host):
    group, client = world.group(), as_user(host)
    (line,) = world.attendance(group, "Noa")
    url = reverse("attendance_mark", args=[group.pk])

    client.post(url, {"line": line.pk, "deed": "sign"})
    line.refresh_from_db()
    assert line.has_signed
    client.post(url, {"line": line.pk, "deed": "unsign"})
    line.refresh_from_db()
    assert not line.has_signed


def test_a_name_is_deleted(as_user, host):
    group = world.group()
    (line, _kept) = world.attendance(group, "Noa", "Kim")

    as_user(host).post(
        reverse("attendance_mark", args=[group.pk]), {"line": line.pk, "deed": "take_out"}
    )

    assert names(group) == ["Kim"]


@pytest.mark.parametrize("sent", [{}, {"line": "x", "deed": "sign"}, {"line": "1", "deed": "burn"}])
def test_a_deed_that_is_none_changes_nothing(as_user, host, sent):
    group = world.group()
    world.attendance(group, "Noa")

    page = as_user(host).post(reverse("attendance_mark", args=[group.pk]), sent, follow=True)

    assert "This name is not on the list any more." in page.text
    assert names(group) == ["Noa"]


def test_a_line_of_another_group_is_out_of_reach(as_user, host):
    mine, other = world.group(), world.group("IT")
    (line,) = world.attendance(other, "Noa")

    as_user(host).post(
        reverse("attendance_mark", args=[mine.pk]), {"line": line.pk, "deed": "take_out"}
    )

    assert names(other) == ["Noa"]


@pytest.mark.parametrize("role", [Role.PROJECT_MANAGER, Role.EXPERT, Role.PARTNER])
def test_names_are_the_countrys_own(role):
    group = world.group()

    with pytest.raises(Refused):
        add(group, make.user(role), "Noa")


def test_the_manager_knows_how_many_came_and_not_who(as_user):
    group = world.group()
    world.attendance(group, "Noa", "Kim")
    manager = make.user(Role.PROJECT_MANAGER)

    page = as_user(manager).get(group.get_absolute_url()).text

    assert "2 names stand on the list." in page
    assert "Noa" not in page
    assert reverse("attendance_list", args=[group.pk]) not in page
    assert attendance.count(group.pk) == 2


def test_neither_log_nor_keys_nor_rows_tell_the_order(host):
    group = world.group()
    add(group, host, "Zora", "Amal", "Kim")

    events = AuditEvent.objects.filter(deed="attendance list changed")
    assert [(event.object_id, event.detail) for event in events] == [(group.pk, {})]
    assert names(group) == ["Amal", "Kim", "Zora"]
    assert not {line.pk for line in AttendanceLine.objects.all()} & {1, 2, 3}


def test_the_sheet_has_the_sessions_head_room_to_sign_and_no_code(as_user, host):
    group = world.group(most=8)
    world.participant(group, code="QX7")
    world.attendance(group, "Noa", "Kim")

    page = as_user(host).get(reverse("attendance_sheet", args=[group.pk]))

    assert group.session.title in page.text
    assert "Arabic, Bulgarian" in page.text
    assert page.text.count("<tr>") == 1 + 8
    assert "QX7" not in page.text


def test_the_list_asks_as_much_for_three_names_as_for_one(as_user, host, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    group, client = world.group(), as_user(host)
    url = reverse("attendance_list", args=[group.pk])
    world.attendance(group, "Noa")
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    world.attendance(group, "Kim", "Sam")

    with django_assert_num_queries(len(captured)):
        client.get(url)
