"""Mails a coordinator has to look at: counted as somebody's answer, or set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import When
from experts.domain import audit
from experts.models import User
from sessions import permissions
from sessions.domain import calendar_reading as reading
from sessions.domain import invitations
from sessions.domain.replies import answer_of
from sessions.enums import Answer
from sessions.models import CopSession, InboundMail, Invitation

SHOWN = 50


class Handled(NotPossible):
    """Somebody dealt with the mail already."""


@dataclass(frozen=True)
class ReviewItem:
    """A mail with what is needed to judge it; `said` is the answer in it, where there is one."""

    mail: InboundMail
    when: When
    invited: list[Invitation]
    said: Answer | None
    meant: int | None


def waiting_for(user: User) -> list[ReviewItem]:
    """Mails of this person's sessions, the newest first; two queries however many there are."""
    mails = list(
        InboundMail.objects.visible_to(user)
        .to_review()
        .filter(session__isnull=False)
        .select_related("session")[:SHOWN]
    )
    asked: dict[int, list[Invitation]] = {}
    sessions = {mail.session_id for mail in mails}
    rows = Invitation.objects.filter(session__in=sessions).select_related("person")
    for invitation in rows.order_by("person__name", "pk"):
        asked.setdefault(invitation.session_id, []).append(invitation)
    return [_item(mail, asked.get(mail.session_id or 0, []), user) for mail in mails]


def _item(mail: InboundMail, invited: list[Invitation], user: User) -> ReviewItem:
    session = mail.session
    assert session is not None  # filtered in the query
    meant = {mail.person_id} if mail.person_id else set()
    by_sender = [i for i in invited if i.person.email.lower() == mail.sender]
    known = [i for i in invited if i.person_id in meant] or by_sender
    return ReviewItem(
        mail=mail,
        when=When(session.starts_at, session.minutes, session.zone, user.person.zone),
        invited=invited,
        said=_said(mail.calendar) if mail.method == "REPLY" else None,
        meant=known[0].pk if known else None,
    )


def _said(text: str) -> Answer | None:
    try:
        event = reading.events(reading.read(text))[0]
    except reading.Unreadable:
        return None
    attendee = event.get("ATTENDEE")
    return answer_of(attendee[0] if isinstance(attendee, list) else attendee)


@transaction.atomic
def count_as_answer(
    *, mail_id: int, invitation_id: int, answer: Answer, by: User, at: datetime
) -> Invitation:
    """Counts a mail as the answer of one invited person. Raises Refused, Handled, TooLate."""
    mail = _locked(mail_id, by)
    invitation = Invitation.objects.get(pk=invitation_id)
    if invitation.session_id != mail.session_id:
        raise Handled(_("Choose a person who was invited to this session."))
    invitation = invitations.answer_by_mail(
        invitation_id=invitation_id, answer=answer, note=invitation.note, stamp=at, at=at
    )
    mail.person_id = invitation.person_id
    _close(mail, by, at, "mail counted as an answer")
    return invitation


@transaction.atomic
def set_aside(*, mail_id: int, by: User, at: datetime) -> None:
    """Leaves a mail without effect. Raises Refused, Handled."""
    _close(_locked(mail_id, by), by, at, "mail set aside")


def _locked(mail_id: int, by: User) -> InboundMail:
    mail = InboundMail.objects.select_for_update(of=("self",)).get(pk=mail_id)
    if mail.session_id is None or mail.handled_at:
        raise Handled(_("Somebody dealt with this mail already."))
    permissions.may_run(by, CopSession.objects.get(pk=mail.session_id))
    return mail


def _close(mail: InboundMail, by: User, at: datetime, deed: str) -> None:
    mail.handled_by, mail.handled_at = by.person, at
    mail.save(update_fields=["person", "handled_by", "handled_at"])
    audit.record(deed=deed, about=mail, by=by, at=at)
