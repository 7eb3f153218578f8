"""Mails of a deed that is taken back in time: they never go, and the old ones wait again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.enums import MessageState, NotSent
from experts.models import Message


class OnTheirWay(NotPossible):
    """A mail that should be taken back was sent, or is being sent."""


def planned_now(*, kinds: list[str], object_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Messages about these objects that wait to be sent: payloads by key, to come back to."""
    rows = Message.objects.planned().filter(kind__in=kinds, object_id__in=list(object_ids))
    return dict(rows.values_list("pk", "payload"))


def take_back(*, made: list[int], before: dict[int, dict[str, Any]]) -> None:
    """Undoes the mails of one deed: those it `made` never go, those it withdrew wait again.

    Their keys become free, so that doing the deed once more mails once more. Raises OnTheirWay
    when one of them was sent or is being sent; then nothing is changed by the caller's rollback.
    """
    rows = list(Message.objects.filter(pk__in=made).select_for_update().order_by("pk"))
    if any(m.state == MessageState.SENT or m.lease_until or m.attempts for m in rows):
        raise OnTheirWay(_("It is too late: the mails are on their way."))
    for message in rows:
        message.state, message.payload = MessageState.WITHDRAWN, {}
        message.not_sent = NotSent.TAKEN_BACK
        message.key = f"{message.key[:150]}:undone:{message.pk}"
    Message.objects.bulk_update(rows, ["state", "not_sent", "payload", "key"], batch_size=500)
    again = list(Message.objects.filter(pk__in=before, state=MessageState.WITHDRAWN))
    for message in again:
        message.state, message.payload = MessageState.PLANNED, before[message.pk]
        message.not_sent = ""
    Message.objects.bulk_update(again, ["state", "not_sent", "payload"], batch_size=500)
