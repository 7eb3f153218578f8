"""What keeps a round from being closed, and who hears of it: each room registers its own.

A blocker looks at a round for one who leads it and gives the sentence that says what is left to do,
with the page to do it on, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.changes.models import ChangeRequest
from feedback.reviews.enums import Phase
from feedback.reviews.models import ReviewRound, RoundResponse
from materials.models import Material


@dataclass(frozen=True)
class Blocked:
    """Why a round cannot be closed yet; `url` is where that is settled, `action` its button."""

    sentence: str
    url: str
    action: str


class CannotClose(NotPossible):
    """Something of the round is still open; `blocked` names each."""

    def __init__(self, blocked: list[Blocked]) -> None:
        super().__init__(" ".join(one.sentence for one in blocked))
        self.blocked = blocked


Blocker = Callable[[ReviewRound, User], Blocked | None]
_blockers: list[Blocker] = []


def register(blocker: Blocker) -> None:
    """Adds a say about closing; called in AppConfig.ready."""
    if blocker not in _blockers:
        _blockers.append(blocker)


Listener = Callable[[ReviewRound, datetime], None]
_listeners: list[Listener] = []


def on_closed(listener: Listener) -> None:
    """Adds somebody who hears of a round the moment it is closed; called in AppConfig.ready."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_closed(review_round: ReviewRound, at: datetime) -> None:
    """Tells them, in the transaction that closes the round."""
    for listener in _listeners:
        listener(review_round, at)


def blocked(review_round: ReviewRound, user: User) -> list[Blocked]:
    """Everything that keeps the round open, in the order of registration."""
    found = (blocker(review_round, user) for blocker in _blockers)
    return [one for one in found if one is not None]


def check(review_round: ReviewRound, user: User) -> None:
    """Raises CannotClose while something is left to do."""
    if found := blocked(review_round, user):
        raise CannotClose(found)


def critical_changes(review_round: ReviewRound, user: User) -> Blocked | None:
    """A critical change of the material that nobody has decided yet."""
    material = review_round.version.material
    waiting = ChangeRequest.objects.blocking(material)
    number = waiting.count()
    if not number:
        return None
    return Blocked(
        sentence=ngettext(
            "%(n)d critical change to this material is not decided yet.",
            "%(n)d critical changes to this material are not decided yet.",
            number,
        )
        % {"n": number},
        url=_where(material, waiting.visible_to(user)),
        action=_("Look at what is asked"),
    )


def _where(material: Material, seen: QuerySet[ChangeRequest]) -> str:
    """The one entry of the ledger, or the list of them; the material for who sees neither."""
    found = list(seen.order_by("pk")[:2])
    if len(found) == 1:
        return found[0].get_absolute_url()
    if found:
        return f"{reverse('change_list')}?material={quote(material.code)}&state=open"
    return material.get_absolute_url()


def response_of(review_round: ReviewRound, _user: User) -> Blocked | None:
    """A round that went through the response needs one, or the word that none is needed."""
    went_through = review_round.phase_changes.filter(phase=Phase.RESPONSE).exists()
    answered = RoundResponse.objects.filter(round=review_round, sent_at__isnull=False).exists()
    if not went_through or answered:
        return None
    return Blocked(
        sentence=_("The author has not sent the response to the reviewers."),
        url=reverse("round_response", args=[review_round.pk]),
        action=_("Look at the response"),
    )
