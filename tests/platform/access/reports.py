"""Who gets where: reports, their funding and what proves them."""

from __future__ import annotations

from experts.enums import Role
from tests.platform.access.ground import Ground
from tests.platform.access.roles import REPORT_READERS, ROLES
from tests.reports import funded, stored

SEES: dict[str, tuple[set[str], set[str]]] = {
    "country report": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    "report": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    "report file": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    "report run": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    # A page for each language, not somebody's object; who may open it stands in MAY.
    "funding text": (set(ROLES), set(ROLES)),
    # Of a work that has a home; by its key.
    "audit binder": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    "named report": ({Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "partner": ({Role.PARTNER, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "partner logo": ({Role.PARTNER, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
}
MAY: dict[str, set[str]] = {
    "report_sign": {Role.PARTNER, Role.PROJECT_MANAGER},
    "report_publish": {Role.PARTNER, Role.PROJECT_MANAGER},
    "report_withdraw": {Role.PARTNER, Role.PROJECT_MANAGER},
    "report_funding": {Role.PROJECT_MANAGER},
    "report_grant": {Role.PROJECT_MANAGER},
    "report_plan": {Role.PROJECT_MANAGER},
    "report_consortium": {Role.PROJECT_MANAGER},
    "cut_list": {Role.PROJECT_MANAGER},
    "cut_new": {Role.PROJECT_MANAGER},
    "funding_emblem": {Role.PROJECT_MANAGER},
    "funding_text": {Role.PROJECT_MANAGER},
    "funding_text_sign": {Role.PROJECT_MANAGER},
}
MAY_ABROAD: dict[str, set[str]] = {}
POSTED: dict[str, dict[str, str]] = {
    "report_withdraw": {"reason": "A figure was counted twice."},
}


def objects(ground: Ground) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    code = ground.code
    return {
        "country report": code,
        "report": stored.report(code).pk,
        "report file": (stored.report(code, number=2).pk, "pdf"),
        "report run": stored.run(code).pk,
        "audit binder": ground.version.material_id,
        "named report": stored.cut(f"Named report {code}", code).pk,
        "funding text": funded.text().language,
        "partner": funded.partner(code).pk,
        "partner logo": funded.logo(code).partner_id,
    }
