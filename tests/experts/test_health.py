"""How the outbox stands, for machines: a command, the same figures on a page, and signs of life."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from experts.domain import health, sending
from experts.enums import MessageState, Role
from experts.models import Message
from tests import factories as make
from tests.experts.outgoing import due

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [
    "oldest_due_seconds", "planned", "due", "leased", "sent", "failed", "parked", "paused",
    "last_tick", "last_worker_heartbeat",
]  # fmt: skip


def run(capsys, name: str, **options: object) -> dict[str, object]:
    call_command(name, **options)
    return json.loads(capsys.readouterr().out)


def test_the_status_of_an_empty_outbox(capsys):
    found = run(capsys, "outbox_status")
    assert list(found) == NAMES
    assert list(found.values()) == [0] * 7 + [False, None, None]


def test_the_status_counts_rows_by_where_they_stand(capsys):
    now = timezone.now()
    for state in ("planned", "planned", "planned", "sent", "failed", "bounced", "parked"):
        message = due(make.person(), at=now)
        Message.objects.filter(pk=message.pk).update(state=state, sent_at=now)
    planned = list(Message.objects.planned().order_by("pk"))
    Message.objects.filter(pk=planned[0].pk).update(due_at=now - timedelta(seconds=90))
    Message.objects.filter(pk=planned[1].pk).update(lease_until=now + timedelta(minutes=1))
    Message.objects.filter(pk=planned[2].pk).update(due_at=now + timedelta(days=1))
    sending.pause(by=make.user(Role.PLATFORM_ADMIN), at=now)
    found = run(capsys, "outbox_status")
    assert 90 <= found.pop("oldest_due_seconds") < 120
    assert [found[name] for name in NAMES[1:8]] == [3, 2, 1, 1, 2, 1, True]


def test_draining_once_says_what_became_of_each(capsys, sink):
    refused, put_off = make.person(), make.person()
    sink.refuse |= {refused.email: "550 no", put_off.email: "451 later"}
    for person in (refused, put_off, make.person()):
        due(person, at=timezone.now())
    gone = due(make.person(), at=timezone.now())
    Message.objects.filter(pk=gone.pk).update(object_id=0)
    found = run(capsys, "send_due")
    assert found == {"sent": 1, "retried": 1, "failed": 1, "skipped": 1, "parked": 0}


def test_a_tick_is_a_sign_of_life(capsys, sink):
    run(capsys, "tick")
    found = run(capsys, "outbox_status")
    assert found["last_tick"] is not None
    assert found["last_worker_heartbeat"] is None


def test_a_second_sign_of_life_takes_the_place_of_the_first():
    first, second = timezone.now(), timezone.now() + timedelta(minutes=1)
    health.beat(health.WORKER, at=first)
    health.beat(health.WORKER, at=second)
    assert health.standing(second).last_worker_heartbeat == second


@pytest.mark.parametrize(("minutes", "said"), [(4, "ok"), (6, "late")])
def test_readyz_says_when_mails_are_late_and_stays_ready(client, minutes, said):
    person = make.person()
    due(person, at=timezone.now() - timedelta(minutes=minutes))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["outbox"]) == (200, said)
    assert set(NAMES) < set(answer.json())
    assert person.email not in answer.content.decode()


def test_where_the_outbox_stands_takes_the_same_queries_for_any_number(django_assert_num_queries):
    for count in (1, 3):
        for _row in range(count):
            due(make.person())
        with django_assert_num_queries(4):
            health.standing(timezone.now())


def test_what_is_sent_is_no_longer_due(sink):
    due(make.person())
    assert health.standing(make.NOW).due == 1
    call_command("send_due")
    standing = health.standing(timezone.now())
    assert (standing.due, standing.sent) == (0, 1)
    assert Message.objects.get().state == MessageState.SENT
