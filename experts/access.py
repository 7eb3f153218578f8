"""What a person's memberships add up to, read once per request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from experts.enums import Role


@dataclass(frozen=True)
class Access:
    """Pairs (role, country id or None) of somebody's current memberships."""

    grants: frozenset[tuple[str, int | None]]

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _country in self.grants)

    @property
    def is_member(self) -> bool:
        return bool(self.grants)

    @property
    def is_manager(self) -> bool:
        return Role.PROJECT_MANAGER in self.roles

    @property
    def is_admin(self) -> bool:
        return Role.PLATFORM_ADMIN in self.roles

    @property
    def takes_part(self) -> bool:
        """Everybody but who only keeps accounts."""
        return bool(self.roles - {Role.PLATFORM_ADMIN})

    @property
    def plans_sessions(self) -> bool:
        return self.is_manager or Role.COORDINATOR in self.roles

    @property
    def manages_people(self) -> bool:
        return self.plans_sessions or self.is_admin

    def countries(self, *roles: str) -> frozenset[int]:
        """Ids of the countries where one of these roles is held; of any role when none given."""
        return frozenset(
            country
            for role, country in self.grants
            if country is not None and (not roles or role in roles)
        )

    def coordinates(self, country_id: int | None) -> bool:
        """True for the coordinator of that country and for the project manager."""
        return self.is_manager or country_id in self.countries(Role.COORDINATOR)


NOBODY = Access(frozenset())
