"""The mails this app writes: the offer of an account, and what allauth has to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy

from experts.domain import accounts, mail_blocks, mail_texts, mail_words, message_kinds
from experts.domain.links import own_page
from experts.domain.mail_words import NAME, Placeholder, Value, Words
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.models import AccountInvitation, Message, Person, User

ACCOUNT_KIND = "account_mail"
INVITATION_WORDS = Words(
    subject=pgettext_lazy("mail", "{cop} invites you"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "{inviter} invites you to join {cop} as: {role}."),
        "{account_button}",
        pgettext_lazy(
            "mail",
            "The link works once and for thirty days. If you did not expect it, leave it alone "
            "and nothing happens.",
        ),
    ),
    placeholders=(
        NAME,
        Placeholder("inviter", gettext_lazy("who invites")),
        Placeholder("cop", gettext_lazy("the community")),
        Placeholder("role", gettext_lazy("the role the reader will have")),
        mail_words.button(gettext_lazy("the button that opens the account"), "account_button"),
    ),
)


def write(kind: str, values: Mapping[str, Value], *, link: str = "", reason: str = "") -> Mail:
    """A mail of this kind in the active language, with a value for each of its placeholders.

    `link` is the path of the page it is about; `reason` says why the reader gets it, where that is
    not the membership. Raises KeyError for a missing value that the words in use ask for.
    """
    language = mail_words.spoken(get_language())
    written = mail_texts.prepared(kind, language).fill(values, reason)
    return Mail(written.subject, written.text, written.html, link=link)


def _invitations() -> QuerySet[AccountInvitation]:
    return AccountInvitation.objects.select_related("person", "cop", "invited_by")


def _invitation_holds(_message: Message, invitation: AccountInvitation, at: datetime) -> bool:
    return (
        invitation.accepted_at is None
        and invitation.revoked_at is None
        and invitation.expires_at > at
    )


def _write_invitation(_message: Message, invitation: AccountInvitation, _at: datetime) -> Mail:
    page = own_page("invitation_accept", accounts.link_token(invitation))
    values: dict[str, Value] = {
        "name": invitation.person.name,
        "inviter": invitation.invited_by.name,
        "cop": invitation.cop.name,
        "role": invitation.get_role_display(),
        "account_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open my account")
        ),
    }
    reason = pgettext(
        "mail", "You get this mail because somebody entered your address on the CoP Platform."
    )
    # No `link`: this one opens an account, and is kept nowhere but in the mail.
    return write(accounts.INVITATION_KIND, values, reason=reason)


def _example_invitation(user: User, _at: datetime) -> Example | None:
    found = AccountInvitation.objects.visible_to(user).select_related("cop", "invited_by")
    newest = found.order_by("-pk").first()
    if newest is None:
        return None
    shown = AccountInvitation(
        pk=0, person=user.person, cop=newest.cop, role=newest.role, invited_by=newest.invited_by
    )
    return Example(shown, {}, newest.cop.name)


def _load_people(messages: Sequence[Message]) -> dict[int, Person]:
    """The readers with their accounts, of messages whose words are still there."""
    people = Person.objects.select_related("user").in_bulk({m.person_id for m in messages})
    return {m.pk: people[m.person_id] for m in messages if m.payload and m.person_id in people}


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
            words=INVITATION_WORDS,
            example=_example_invitation,
        )
    )
    message_kinds.register(
        MessageKind(
            name=ACCOUNT_KIND,
            label=gettext_lazy("Account and log-in"),
            load=_load_people,
            still_true=_may_receive,
            render=_write_account_mail,
        )
    )
