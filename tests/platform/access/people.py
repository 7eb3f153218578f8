"""Who gets where: people, what is mailed to them and their accounts."""

from __future__ import annotations

from experts.domain import accounts
from experts.enums import Role, Suppressed
from experts.models import Message, SuppressedAddress
from tests import factories as make
from tests.experts import imports, notices
from tests.platform.access.ground import Ground
from tests.platform.access.roles import ROLES

SEES: dict[str, tuple[set[str], set[str]]] = {
    "country": (set(ROLES), set(ROLES)),
    "person": (set(ROLES), set(ROLES)),
    # As the card it stands on; who may end it stands in MAY.
    "membership": (set(ROLES), set(ROLES)),
    # The contact log: a coordinator's own people; the admin looks and does nothing.
    "message": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
        {Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
    ),
    "address": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
        {Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
    ),
    "account invitation": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
        {Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
    ),
    # Its asker and the manager; the accounts of this matrix ask for none.
    "import run": ({Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # A page, not somebody's object; who may edit stands in MAY.
    "mail text": (set(ROLES), set(ROLES)),
    "notice": (set(), set()),
}
MAY: dict[str, set[str]] = {
    "person_account": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "membership_end": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "membership_stay": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "privacy_register": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "privacy_register_csv": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "operations": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "sending_pause": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "sending_resume": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "mail_text_list": {Role.PROJECT_MANAGER},
    "mail_text_edit": {Role.PROJECT_MANAGER},
    "mail_text_preview": {Role.PROJECT_MANAGER},
    "mail_text_use": {Role.PROJECT_MANAGER},
}
MAY_ABROAD: dict[str, set[str]] = {
    "membership_end": {Role.PROJECT_MANAGER},
    "membership_stay": {Role.PROJECT_MANAGER},
}
POSTED: dict[str, dict[str, str]] = {
    "person_account": {"active": "yes"},
}


def objects(ground: Ground) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    code, guest = ground.code, ground.guest
    offer = accounts.invite(
        by=ground.planner,
        cop=make.cop(make.country(code)),
        role=Role.EXPERT,
        name="New",
        email=f"new.{code.lower()}@example.org",
        at=make.NOW,
    )
    address = SuppressedAddress.objects.create(
        email=guest.email, since=make.NOW, why=Suppressed.BOUNCE
    )
    return {
        "country": code,
        "person": guest.pk,
        "membership": guest.memberships.get().pk,
        "message": Message.objects.filter(person=guest).earliest("pk").pk,
        "address": address.pk,
        "account invitation": offer.pk,
        "import run": imports.run(code).pk,
        "mail text": ("session_reminder", "de"),
        "notice": notices.notice(guest).pk,
    }
