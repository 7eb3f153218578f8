"""The page on how long things are kept: read by every member, changed with care."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.enums import Role
from experts.models import AuditEvent
from feedback.focus_groups.domain.keeping import retention
from feedback.focus_groups.enums import Kept
from feedback.focus_groups.models import Recording, RetentionRule
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules():
    retention.lay_out()


@pytest.fixture
def manager(as_user):
    return as_user(make.user(Role.PROJECT_MANAGER))


def recording(code: str = "BG", *, age: int = 10, title: str = "") -> Recording:
    group = world.group(code)
    if title:
        group.session.title = title
        group.session.save()
    uploaded = timezone.localdate() - timedelta(days=age)
    return Recording.objects.create(
        group=group, uploaded_on=uploaded, written_down_on=uploaded, file="sounds/x"
    )


def typed(kind: str = Kept.RECORDING, **values) -> dict:
    rule = RetentionRule.objects.get(kind=kind)
    return {"days": rule.days, "why": "Agreed in May.", "revision": rule.revision} | values


def post(client, kind: str = Kept.RECORDING, **values):
    return client.post(reverse("retention_edit", args=[kind]), typed(kind, **values))


def test_every_member_reads_what_is_kept_how_long_and_from_which_day(as_user):
    page = as_user(make.user(Role.EXPERT)).get(reverse("retention")).content.decode()

    for words in ("Recordings of talks", "30 days", "2 years", "5 years", "written down"):
        assert words in page
    assert "Next to go" not in page


def test_who_runs_groups_sees_what_goes_next_at_home_and_nothing_from_abroad(as_user):
    recording("BG", title="Talk in Sofia")
    recording("IT", title="Talk in Turin")

    page = as_user(world.host("BG")).get(reverse("retention")).content.decode()

    assert "Talk in Sofia" in page
    assert "Talk in Turin" not in page


def test_the_page_asks_as_much_for_three_groups_as_for_one(as_user, django_assert_max_num_queries):
    client = as_user(world.host("BG"))
    recording()
    client.get(reverse("retention"))
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("retention"))
    recording()
    recording()
    with django_assert_max_num_queries(20) as three:
        client.get(reverse("retention"))

    assert len(one) == len(three)


def test_the_manager_changes_days_with_a_reason(manager):
    answer = post(manager, Kept.WORDS, days=365)

    rule = RetentionRule.objects.get(kind=Kept.WORDS)
    assert answer.status_code == 302
    assert (rule.days, rule.why, rule.revision) == (365, "Agreed in May.", 2)
    event = AuditEvent.objects.get(deed="retention changed")
    assert event.detail == {"kind": "words", "was": 730, "days": 365}


def test_a_reason_is_asked_for(manager):
    page = post(manager, why="").content.decode()

    assert RetentionRule.objects.get(kind=Kept.RECORDING).revision == 1
    assert 'id="id_why"' in page


@pytest.mark.parametrize(
    ("kind", "days", "says"),
    [
        (Kept.RECORDING, 91, "Choose between 1 and 90 days."),
        (Kept.VOICE, 91, "Choose between 1 and 90 days."),
        (Kept.CONSENT, 700, "cannot go before the words do"),
        (Kept.WORDS, 2000, "cannot go before the words do"),
        (Kept.WORDS, 10**6, "3650"),
        (Kept.WORDS, 0, "1"),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_the_field(manager, kind, days, says):
    answer = post(manager, kind, days=days)

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert RetentionRule.objects.get(kind=kind).days == retention.DEFAULTS[kind]


def test_a_rule_that_deletes_something_today_is_said_first(manager):
    recording(age=10)

    asked = post(manager, days=5)
    assert "This deletes 1 thing today, for good." in asked.content.decode()
    assert RetentionRule.objects.get(kind=Kept.RECORDING).days == 30

    assert post(manager, days=5, deletes_ok="on").status_code == 302
    assert RetentionRule.objects.get(kind=Kept.RECORDING).days == 5


def test_two_who_change_the_same_rule_meet_and_nothing_is_lost(manager):
    RetentionRule.objects.filter(kind=Kept.VOICE).update(days=20, revision=2)

    answer = post(manager, Kept.VOICE, days=14, revision=1)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "it says 20 days now" in page
    assert 'value="14"' in page
    assert post(manager, Kept.VOICE, days=14, revision=2).status_code == 302


def test_looking_changes_nothing(manager):
    manager.get(reverse("retention"))
    manager.get(reverse("retention_edit", args=[Kept.VOICE]))

    assert set(RetentionRule.objects.values_list("revision", flat=True)) == {1}
