"""Accounts: offered, opened once, switched off at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.refusals import Refused
from experts.domain import accounts, outbox
from experts.enums import Role, Stage
from experts.models import AccountInvitation, AuditEvent, Membership, Message, Person, User
from tests import factories as make

pytestmark = pytest.mark.django_db
NEW = {"name": "Ana Petrova", "email": "Ana@Example.org"}


def invite(by: User, code: str = "BG", role: str = Role.EXPERT, **who: str) -> AccountInvitation:
    cop = make.cop(make.country(code))
    return accounts.invite(by=by, cop=cop, role=role, at=make.NOW, **NEW | who)


def accept(invitation: AccountInvitation, at=make.NOW) -> User:
    token = accounts.link_token(invitation)
    return accounts.accept(
        token=token, password=make.PASSWORD, name="Ana", zone="Europe/Sofia", at=at
    )


def test_an_invitation_writes_person_mail_and_deed_together():
    invitation = invite(make.user(Role.COORDINATOR))
    assert invitation.person.email == "ana@example.org"
    assert Message.objects.get().person == invitation.person
    assert AuditEvent.objects.filter(deed="person invited").count() == 1


def test_nothing_is_written_when_the_mail_cannot_be_planned(monkeypatch):
    def fail(**_):
        raise RuntimeError

    coordinator = make.user(Role.COORDINATOR)
    monkeypatch.setattr(outbox, "plan", fail)
    with pytest.raises(RuntimeError):
        invite(coordinator)
    assert not Person.objects.filter(email="ana@example.org").exists()
    assert not AuditEvent.objects.exists()


def test_accepting_opens_the_account_with_the_role_that_was_offered():
    user = accept(invite(make.user(Role.COORDINATOR)))
    membership = Membership.objects.get(person__user=user)
    assert (membership.role, membership.stage) == (Role.EXPERT, Stage.NEWCOMER)
    assert user.check_password(make.PASSWORD)
    assert user.emailaddress_set.get().verified


def test_who_leaves_soon_gets_an_account_and_keeps_the_last_day():
    person = make.person(account=False)
    make.ends(person, 20)

    accept(invite(make.user(Role.COORDINATOR), email=person.email))

    [held] = Membership.objects.filter(person=person)
    assert held.left_on == timezone.now().date() + timedelta(days=20)


def test_who_has_left_is_taken_in_again():
    person = make.person(account=False)
    make.ends(person)

    accept(invite(make.user(Role.COORDINATOR), email=person.email))

    assert Membership.objects.filter(person=person).count() == 2
    assert Membership.objects.current().filter(person=person).count() == 1


def test_security_14_the_link_works_once():
    invitation = invite(make.user(Role.COORDINATOR))
    accept(invitation)
    with pytest.raises(accounts.InvitationOver):
        accept(invitation)
    assert User.objects.filter(email="ana@example.org").count() == 1


def test_security_14_a_second_offer_voids_the_first_link():
    coordinator = make.user(Role.COORDINATOR)
    first, second = invite(coordinator), invite(coordinator)
    assert accounts.find_open(accounts.link_token(first), make.NOW) is None
    assert accounts.find_open(accounts.link_token(second), make.NOW) == second


def test_security_14_the_link_is_bound_to_the_person_and_expires():
    coordinator = make.user(Role.COORDINATOR)
    mine, other = invite(coordinator), invite(coordinator, email="other@example.org")
    swapped = f"{mine.pk}.{accounts.link_token(other).split('.', 1)[1]}"
    assert accounts.find_open(swapped, make.NOW) is None
    late = make.NOW + accounts.VALID_FOR + timedelta(minutes=1)
    assert accounts.find_open(accounts.link_token(mine), late) is None


def test_an_address_with_an_account_is_refused_beside_its_field(as_user):
    coordinator, known = make.user(Role.COORDINATOR), make.user()
    data = {
        "name": "Somebody",
        "email": known.email,
        "cop": make.cop(make.country("BG")).pk,
        "role": Role.EXPERT,
    }
    page = as_user(coordinator).post(reverse("person_invite"), data)
    assert page.context["form"].errors["email"] == ["This address already belongs to a member."]
    assert not AccountInvitation.objects.exists()


@pytest.mark.parametrize(
    ("inviter", "code", "role", "allowed"),
    [
        (Role.COORDINATOR, "BG", Role.EXPERT, True),
        (Role.COORDINATOR, "IT", Role.EXPERT, False),
        (Role.COORDINATOR, "BG", Role.PROJECT_MANAGER, False),
        (Role.PROJECT_MANAGER, "IT", Role.COORDINATOR, True),
        (Role.PLATFORM_ADMIN, "IT", Role.COORDINATOR, True),
        (Role.FACILITATOR, "BG", Role.EXPERT, False),
        (Role.PARTNER, "BG", Role.EXPERT, False),
        (Role.EXPERT, "BG", Role.EXPERT, False),
    ],
)
def test_who_may_invite_whom(inviter, code, role, allowed):
    by = make.user(inviter, "BG")
    if allowed:
        assert invite(by, code, role).pk
        return
    with pytest.raises(Refused):
        invite(by, code, role)


def test_security_2_a_coordinator_cannot_post_a_role_beyond_the_form(as_user):
    data = {**NEW, "cop": make.cop().pk, "role": Role.PROJECT_MANAGER, "is_staff": "1"}
    page = as_user(make.user(Role.COORDINATOR)).post(reverse("person_invite"), data)
    assert page.status_code == 200
    assert not Person.objects.filter(email="ana@example.org").exists()


def test_security_4_switching_off_ends_an_open_log_in_with_the_next_request(as_user):
    manager, expert = make.user(Role.PROJECT_MANAGER), make.user()
    client = as_user(expert)
    assert client.get("/").status_code == 200
    accounts.set_active(person_id=expert.person.pk, by=manager, active=False, at=make.NOW)
    assert client.get("/").status_code == 302
    accounts.set_active(person_id=expert.person.pk, by=manager, active=True, at=make.NOW)
    assert client.get("/").status_code == 302, "an old log-in must not come back to life"


def test_security_4_a_role_that_ended_opens_nothing_any_more(as_user):
    coordinator = make.user(Role.COORDINATOR)
    client = as_user(coordinator)
    assert client.get(reverse("session_new")).status_code == 200
    make.ends(coordinator.person)
    assert client.get(reverse("session_new")).status_code == 403


def test_nobody_switches_off_the_own_account():
    manager = make.user(Role.PROJECT_MANAGER)
    with pytest.raises(Refused):
        accounts.set_active(person_id=manager.person.pk, by=manager, active=False, at=make.NOW)


def test_sign_up_without_an_invitation_is_closed(client):
    data = {"email": "x@example.org", "password1": make.PASSWORD, "password2": make.PASSWORD}
    client.post(reverse("account_signup"), data)
    assert not User.objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize("name", ["<b>Bob</b>", "see https://bad.example", "www.bad.example"])
def test_security_23_a_name_with_a_link_or_markup_is_refused(as_user, name):
    data = {**NEW, "name": name, "cop": make.cop(make.country()).pk, "role": Role.EXPERT}
    page = as_user(make.user(Role.COORDINATOR)).post(reverse("person_invite"), data)
    assert "name" in page.context["form"].errors
    assert page.context["form"]["name"].value() == name


def test_audit_events_cannot_be_altered():
    invite(make.user(Role.COORDINATOR))
    with pytest.raises(Exception, match="Cannot update"):
        AuditEvent.objects.update(deed="nothing happened")
