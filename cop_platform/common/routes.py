"""The vocabulary of the route register: who a page is for and what kind of object it shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who may open a route at all; which objects they see there is `visible_to`."""

    PUBLIC = "public"
    GUEST = "guest"  # whoever holds a link token
    MEMBER = "member"  # any signed-in, active person
    COORDINATOR = "coordinator"  # a coordinator of some country, or the project manager
    OPERATOR = "operator"  # the platform admin
    PEOPLE_MANAGER = "people_manager"  # coordinators, the project manager, the platform admin
    DEMO = "demo"  # anybody, but only while the demo runs
    CLOSED = "closed"  # an address a library brings along and nobody uses here


@dataclass(frozen=True)
class Route:
    """One line of the register.

    `shows` names the object kind in the address ("" for none); `translated` says that the page
    is offered in every language of the screens, not in English alone.
    """

    audience: Audience
    shows: str = ""
    translated: bool = False
    post_only: bool = False


# The two that most addresses are: a page without a secret of its own, and one of members.
PUBLIC = Route(Audience.PUBLIC, translated=True)
MEMBER = Route(Audience.MEMBER)
