"""The words about a seat: on the pages, and in the mail that brings news of it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cop_platform.common.times import say_clock, say_day, to_wall
from experts.domain import mail_blocks
from experts.domain.mail_words import Value
from experts.models import Message
from sessions.domain import seats
from sessions.enums import Seat
from sessions.models import Invitation


def say_until(instant: datetime, zone: str) -> str:
    """The end of an offer as the reader's clock shows it: Thu 26 Nov 2026, 10:00."""
    wall = to_wall(instant, zone)
    return _("%(day)s, %(clock)s") % {"day": say_day(wall), "clock": say_clock(wall)}


def holds(message: Message, invitation: Invitation, at: datetime) -> bool:
    """The seat is still what the mail says."""
    if invitation.seat != message.payload["seat"]:
        return False
    return invitation.seat != Seat.OFFERED or invitation.offer_runs(at)


def values(message: Message, invitation: Invitation) -> dict[str, Value]:
    """What the mail of a seat is told: the news in a few words, and in a sentence."""
    return {"news": _news(invitation), "seat": mail_blocks.sentence(_told(message, invitation))}


def label(invitation: Invitation) -> str:
    """The words on the button."""
    if invitation.seat == Seat.OFFERED:
        return pgettext("mail", "Take the seat, or let it go")
    return pgettext("mail", "Change my answer")


def _news(invitation: Invitation) -> str:
    if invitation.seat == Seat.OFFERED:
        return pgettext("mail", "A seat is free for you")
    if invitation.seat == Seat.SEATED:
        return pgettext("mail", "You have a seat")
    return pgettext("mail", "You are on the waiting list")


def _told(message: Message, invitation: Invitation) -> str:
    if invitation.seat == Seat.OFFERED:
        until = invitation.offer_until
        return pgettext(
            "mail",
            "A seat is free for you until %(until)s. Say yes by then and it is yours; "
            "after that it goes to the next person.",
        ) % {"until": say_until(until, message.zone) if until else ""}
    if invitation.seat == Seat.SEATED:
        return pgettext(
            "mail",
            "A seat became free, and it is yours. If you cannot come any more, please say so.",
        )
    return pgettext(
        "mail",
        "All seats are taken. You are number %(place)s on the waiting list; when a seat becomes "
        "free for you, you get a mail.",
    ) % {"place": seats.place_of(invitation)}


def sentence(invitation: Invitation, at: datetime, zone: str) -> str:
    """Where this person stands, said to the person; empty where seats are not counted."""
    if invitation.seat == Seat.SEATED:
        return _("You have a seat.")
    if invitation.seat == Seat.WAITING:
        return _(
            "All seats are taken. You are number %(place)d on the waiting list; "
            "when a seat becomes free for you, you get a mail."
        ) % {"place": seats.place_of(invitation)}
    if invitation.offer_runs(at) and invitation.offer_until:
        return _(
            "A seat is free for you until %(until)s. Answer yes and it is yours; "
            "after that it goes to the next person."
        ) % {"until": say_until(invitation.offer_until, zone)}
    if invitation.seat == Seat.OFFERED:
        return _(
            "The seat we kept for you went to the next person. "
            "Answer yes once more to be on the waiting list again."
        )
    return ""
