"""Accounts: offered by invitation, opened by the person, switched off at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cop_platform.common import tokens
from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit, memberships, outbox
from experts.enums import Stage
from experts.models import (
    AccountInvitation,
    CommunityOfPractice,
    Person,
    User,
)

PURPOSE = "account-invitation"
INVITATION_KIND = "account_invitation"
VALID_FOR = timedelta(days=30)


class AlreadyMember(NotPossible):
    """The address belongs to somebody with an account."""


class InvitationOver(NotPossible):
    """The link was used, replaced, withdrawn or is too old."""


@transaction.atomic
def invite(
    *, by: User, cop: CommunityOfPractice, role: str, name: str, email: str, at: datetime
) -> AccountInvitation:
    """Offers an account with a role; a second offer to the same address replaces the first.

    Raises Refused without the right, AlreadyMember when the address has an account.
    """
    permissions.may_invite(by, cop, role)
    person = _person_for(cop, name, email)
    if person.user_id:
        raise AlreadyMember(_("This address already belongs to a member."))
    person.invitations.open().update(revoked_at=at)
    invitation = AccountInvitation.objects.create(
        person=person,
        cop=cop,
        role=role,
        invited_by=by.person,
        invited_at=at,
        expires_at=at + VALID_FOR,
    )
    audit.record(deed="person invited", about=invitation, by=by, at=at, country_id=cop.country_id)
    outbox.plan(
        kind=INVITATION_KIND,
        object_id=invitation.pk,
        person=person,
        due_at=at,
        key=f"{INVITATION_KIND}:{invitation.pk}",
        at=at,
    )
    return invitation


def _person_for(cop: CommunityOfPractice, name: str, email: str) -> Person:
    existing = Person.objects.select_for_update().filter(email__iexact=email).first()
    if existing:
        return existing
    country = cop.country
    return Person.objects.create(
        name=name,
        email=email.lower(),
        country=country,
        zone=country.zone if country else "Europe/Brussels",
        language=country.language if country else "en",
    )


@transaction.atomic
def revoke(*, invitation_id: int, by: User, at: datetime) -> None:
    """Withdraws an offer; its link stops working at once."""
    invitation = AccountInvitation.objects.select_for_update().get(pk=invitation_id)
    permissions.may_invite(by, invitation.cop, invitation.role)
    AccountInvitation.objects.open().filter(pk=invitation_id).update(revoked_at=at)
    outbox.withdraw(kinds=[INVITATION_KIND], object_ids=[invitation_id])
    audit.record(deed="invitation withdrawn", about=invitation, by=by, at=at)


def link_token(invitation: AccountInvitation) -> str:
    """The token of the link in the mail; it holds the address, so another address voids it."""
    return tokens.of(PURPOSE, invitation)


def find_open(token: str, at: datetime) -> AccountInvitation | None:
    """The invitation a link opens; None for a link that is wrong, used, withdrawn or too old."""
    valid = AccountInvitation.objects.open().filter(expires_at__gt=at)
    return tokens.find(token, PURPOSE, valid.select_related("person", "cop", "invited_by"))


@transaction.atomic
def accept(*, token: str, password: str, name: str, zone: str, at: datetime) -> User:
    """Opens the account an invitation offers; the link is used up by it.

    The address counts as verified: the link reached it. Raises InvitationOver.
    """
    invitation = find_open(token, at)
    if invitation is not None:
        invitation = (
            AccountInvitation.objects.open()
            .select_for_update(of=("self",))
            .select_related("person", "cop")
            .filter(pk=invitation.pk)
            .first()
        )
    if invitation is None:
        raise InvitationOver(_("This link was used already or is no longer valid."))
    person = invitation.person
    user = open_account(person, password)
    Person.objects.filter(pk=person.pk).update(name=name, zone=zone)
    memberships.begin(
        person=person,
        cop=invitation.cop,
        role=invitation.role,
        stage=Stage.NEWCOMER,
        on=at.date(),
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    audit.record(deed="account opened", about=invitation, by=user, at=at)
    return user


def open_account(person: Person, password: str) -> User:
    """Gives a person a log-in by the person's own, verified address."""
    user = User.objects.create_user(person.email, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person.user = user
    person.save(update_fields=["user"])
    return user


@transaction.atomic
def set_active(*, person_id: int, by: User, active: bool, at: datetime) -> None:
    """Switches an account off or on; off ends every session of it with the next request."""
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person_id)
    permissions.may_manage_account(by, person)
    if person.user is None:
        raise NotPossible(_("This person has no account."))
    # The raised generation ends every open log-in for good, also after switching on again.
    User.objects.filter(pk=person.user.pk).update(
        is_active=active, session_generation=F("session_generation") + 1
    )
    deed = "account switched on" if active else "account switched off"
    audit.record(deed=deed, about=person, by=by, at=at, country_id=person.country_id)
