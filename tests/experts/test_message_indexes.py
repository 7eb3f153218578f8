"""The indexes of the outbox: each finds something, none is written in vain."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.db.models import QuerySet

from experts.domain import accounts, claiming, outbox, resending
from experts.models import Message
from tests import factories as make

TABLE = Message._meta.db_table


def _queue(key: str) -> None:
    person = make.person()
    outbox.plan(
        kind=accounts.INVITATION_KIND,
        object_id=person.pk,
        person=person,
        due_at=make.NOW,
        key=key,
        at=make.NOW,
    )


def plan(rows: QuerySet[Message]) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        return rows.order_by().explain()


@pytest.mark.django_db
def test_no_two_indexes_hold_the_same():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [TABLE])
        held = [row[0].partition(" USING ")[2] for row in cursor.fetchall()]
    counted = Counter(what.replace(" varchar_pattern_ops", "") for what in held)
    assert held
    assert [what for what, times in counted.items() if times > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: Message.objects.filter(resending.repetitions("bench:1")), "message_key_once"),
        (lambda: Message.objects.filter(key="bench:1"), "message_key_once"),
        (lambda: Message.objects.filter(message_id="<1@example.org>"), "message_id_once"),
        (lambda: Message.objects.filter(digest=1), "message_digest"),
    ],
    ids=["how a key begins", "a key", "a message id", "what a digest carried"],
)
def test_the_outbox_is_asked_by_its_indexes(rows, index):
    assert f"using {index} " in plan(rows()) or f"on {index} " in plan(rows())


@pytest.mark.django_db
def test_a_lease_is_written_into_no_index():
    for number in range(3):
        _queue(f"lease:{number}")
    keys = list(Message.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_get_xact_tuples_hot_updated(%s::regclass)", [TABLE])
        before = cursor.fetchone()[0]
        claiming._lease_until(make.NOW, keys)
        cursor.execute("SELECT pg_stat_get_xact_tuples_hot_updated(%s::regclass)", [TABLE])
        assert keys
        assert cursor.fetchone()[0] - before == len(keys)
