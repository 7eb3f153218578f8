"""The mails this app writes: the offer of an account, and what allauth has to say."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experts.domain import accounts, message_kinds
from experts.domain.message_kinds import Mail, MessageKind
from experts.models import AccountInvitation, Message, Person

ACCOUNT_KIND = "account_mail"


def write(template: str, subject: str, context: dict[str, object]) -> Mail:
    """A mail from `mail/<template>.txt` and `.html`; the subject is one line."""
    full = {"subject": subject, "base_url": settings.BASE_URL, **context}
    return Mail(
        subject=" ".join(subject.split()),
        text=render_to_string(f"mail/{template}.txt", full).strip() + "\n",
        html=render_to_string(f"mail/{template}.html", full),
    )


def absolute(name: str, *args: object) -> str:
    """The full address of a page, for mails and calendars."""
    return settings.BASE_URL + reverse(name, args=args)


def _invitations() -> QuerySet[AccountInvitation]:
    return AccountInvitation.objects.select_related("person", "cop", "invited_by")


def _invitation_holds(_message: Message, invitation: AccountInvitation, at: datetime) -> bool:
    return (
        invitation.accepted_at is None
        and invitation.revoked_at is None
        and invitation.expires_at > at
    )


def _write_invitation(_message: Message, invitation: AccountInvitation, _at: datetime) -> Mail:
    subject = _("%(cop)s invites you") % {"cop": invitation.cop.name}
    link = absolute("invitation_accept", accounts.link_token(invitation))
    return write("account_invitation", subject, {"invitation": invitation, "link": link})


def _load_person(message: Message) -> Person | None:
    return message.person if message.payload else None


def _write_account_mail(message: Message, _person: Person, _at: datetime) -> Mail:
    return Mail(subject=message.payload["subject"], text=message.payload["text"])


def _may_receive(_message: Message, person: Person, _at: datetime) -> bool:
    return person.user is not None and person.user.is_active


def register() -> None:
    """Makes this app's kinds known to the outbox."""
    message_kinds.register(
        MessageKind(
            name=accounts.INVITATION_KIND,
            label=gettext_lazy("Invitation to the community"),
            load=message_kinds.by_row(_invitations),
            still_true=_invitation_holds,
            render=_write_invitation,
        )
    )
    message_kinds.register(
        MessageKind(
            name=ACCOUNT_KIND,
            label=gettext_lazy("Account and log-in"),
            load=message_kinds.one_by_one(_load_person),
            still_true=_may_receive,
            render=_write_account_mail,
        )
    )
