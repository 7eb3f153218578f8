"""The card with which every group ends: where somebody finds help in this country."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import ReferralCard


def of(country_id: int) -> ReferralCard:
    """The card of a country; an empty one that is not stored where nobody wrote it yet."""
    found = ReferralCard.objects.filter(country_id=country_id).first()
    return found or ReferralCard(country_id=country_id)


def mark(card: ReferralCard) -> str:
    """A hash of everything that the form edits, so that a save knows what it was made from."""
    return revisions.mark(card.texts, card.phone, card.note)


@transaction.atomic
def save(
    *,
    country_id: int,
    texts: Mapping[str, str],
    phone: str,
    note: str,
    seen: str,
    by: User,
    at: datetime,
) -> ReferralCard:
    """Writes the card. `texts` by language code, empty ones are left out; `seen` is the mark of
    what the form showed, empty for whatever is there.

    Raises Refused, ChangedMeanwhile.
    """
    permissions.may_plan(by, country_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"card {country_id}"]
        )
    card = of(country_id)
    revisions.check_mark(card, seen, mark(card), _("Somebody else saved this card meanwhile."))
    card.texts = {code: text for code, text in texts.items() if text}
    card.phone, card.note = phone, note
    card.save()
    audit.record(deed="referral card saved", about=card, by=by, at=at, country_id=country_id)
    return card
