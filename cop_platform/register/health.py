"""How healthy the communities are."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

ROUTES: dict[str, Route] = {
    "health_project": MEMBER,
    "health_country": Route(Audience.MEMBER, shows="country"),
    "health_learned": Route(Audience.MEMBER, shows="country"),
    "health_radar": MEMBER,
    "health_coverage": MEMBER,
    "health_pulse": MEMBER,
    "health_csv": MEMBER,
    "health_xlsx": MEMBER,
}
