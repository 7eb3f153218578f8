"""The slip a participant takes home: a code, where to type it, and where to find help."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from feedback.focus_groups.domain.consenting.participants import Slip
from feedback.focus_groups.domain.easy import guest_words
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.models import FocusGroup, ReferralCard


@dataclass(frozen=True)
class PrintedSlip:
    """One slip as it is printed: `words` are in the participant's language.

    `address` and its squares lead to the page that takes codes; the code is in neither.
    """

    participant: str
    code: str
    words: Words
    address: str
    squares: SafeString
    phone: str


def printed(slips: Iterable[Slip], group: FocusGroup) -> list[PrintedSlip]:
    """The slips of a group, in the order given. One query."""
    card = ReferralCard.objects.filter(country=group.country_id).first()
    phone = card.phone if card else ""
    squares: dict[str, SafeString] = {}
    found = []
    for slip in slips:
        words = guest_words.words(_language(slip.participant.language, group))
        address = page_address(words.code)
        squares.setdefault(address, _squares(address))
        found.append(
            PrintedSlip(
                participant=slip.participant.code,
                code=slip.code,
                words=words,
                address=address,
                squares=squares[address],
                phone=phone,
            )
        )
    return found


def page_address(language: str) -> str:
    """Where a code is typed, in that language."""
    return f"{settings.BASE_URL}{reverse('guest_receipt')}?lang={language}"


def _language(language: str, group: FocusGroup) -> str:
    """The participant's, else the first of the group's that guests' pages speak, else English."""
    for code in (language, *group.languages):
        if guest_words.known(code):
            return code
    return guest_words.ENGLISH


def _squares(address: str) -> SafeString:
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, omitsize=True, nl=False, dark="#000", light="#fff")
    return mark_safe(drawn.getvalue().decode())  # noqa: S308  made of squares, holds no text
