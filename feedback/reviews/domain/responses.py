"""What the author answers the reviewers of a round. It may be edited until the decision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit
from experts.models import User
from feedback.reviews import permissions
from feedback.reviews.domain import discussion, identity, notices, phases, visibility
from feedback.reviews.models import ReviewRound, RoundResponse


class BeingWritten(NotPossible):
    """An author is at it."""


class NothingToSend(NotPossible):
    """The response is empty."""


def of(review_round: ReviewRound) -> RoundResponse | None:
    """The response of a round, sent or not."""
    return RoundResponse.objects.filter(round=review_round).first()


def may_write(user: User, review_round: ReviewRound) -> bool:
    """Whether this person writes the response now: an author, in the phase of the response."""
    return phases.permit(review_round).answers and visibility.made_by(user, review_round.version)


def readable(response: RoundResponse | None, view: visibility.View) -> bool:
    """Reviewers and coordinators read what was sent; authors read what they write."""
    if response is None:
        return False
    return view.is_author or (view.reads and response.sent_at is not None)


@transaction.atomic
def write(
    *,
    round_id: int,
    text: str,
    revision: int,
    send: bool,
    knows_names: bool = False,
    by: User,
    at: datetime,
) -> RoundResponse:
    """Keeps the response, and sends it where asked; one that was sent may still be edited.

    `revision` is the one the writer saw. A text with a name in it is sent back once: `knows_names`
    says that it was meant. Raises Refused, RoundClosed, ChangedMeanwhile, NothingToSend,
    discussion.NamesFound.
    """
    review_round = _locked(round_id)
    if not visibility.made_by(by, review_round.version):
        raise Refused(_("Only the authors of the material answer its reviewers."))
    if not phases.permit(review_round).answers:
        raise phases.RoundClosed(_("The response can be written in its own phase only."))
    response = of(review_round)
    if response and response.revision != revision and response.text != text:
        sentence = _("Somebody else saved this response meanwhile.")
        raise revisions.ChangedMeanwhile(sentence, response)
    if send and not text.strip():
        raise NothingToSend(_("Write what you answer the reviewers, then send it."))
    if send and not knows_names and (names := discussion.names_in(text)):
        raise discussion.NamesFound(names)
    response = response or RoundResponse(round=review_round)
    response.text, response.written_by, response.written_at = text, by.person, at
    response.revision += 1
    return _kept(review_round, response, send, by, at)


@transaction.atomic
def none_needed(*, round_id: int, by: User, at: datetime) -> RoundResponse:
    """Says that the round goes without a response.

    While an author can still send what was begun, this is refused; later it would never be read.
    Raises Refused to everybody who does not lead the round, RoundClosed, BeingWritten.
    """
    review_round = _locked(round_id)
    permissions.may_close(by, review_round)
    if review_round.closed_at:
        raise phases.RoundClosed(_("This review round is closed."))
    response = of(review_round)
    if response and response.sent_at:
        return response
    if response and response.text and phases.permit(review_round).answers:
        raise BeingWritten(
            _("The author has begun a response: it can be sent until the decision begins.")
        )
    response = response or RoundResponse(round=review_round, written_by=by.person, written_at=at)
    # A text that its author has not sent is nobody else's to send.
    response.text = ""
    return _kept(review_round, response, True, by, at)


def _kept(
    review_round: ReviewRound, response: RoundResponse, send: bool, by: User, at: datetime
) -> RoundResponse:
    is_news = send and response.sent_at is None
    if is_news:
        response.sent_at = at
    response.save()
    if is_news and response.text:
        notices.tell_answered(review_round, identity.panel_of(review_round), at=at)
    if is_news:
        audit.record(
            deed="response to reviewers sent" if response.text else "no response needed",
            about=review_round,
            by=by,
            at=at,
            country_id=review_round.country_id,
        )
    return response


def _locked(round_id: int) -> ReviewRound:
    rounds = ReviewRound.objects.select_for_update(of=("self",))
    return rounds.select_related("version__material").get(pk=round_id)
