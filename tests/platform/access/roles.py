"""Groups of roles that the tables of the access matrix name."""

from __future__ import annotations

from experts.enums import Role

ROLES = [role.value for role in Role]
IN_BULGARIA = {Role.COORDINATOR, Role.FACILITATOR, Role.PARTNER, Role.EXPERT}
REPORT_READERS = {Role.COORDINATOR, Role.PARTNER, Role.PROJECT_MANAGER}
GROUP_HOSTS = {Role.COORDINATOR, Role.FACILITATOR}
