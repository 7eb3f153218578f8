"""Endorsements, credentials, verification, verdicts, policies."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, PUBLIC, Audience, Route

ROUTES: dict[str, Route] = {
    # endorsements, credentials, verification
    "version_endorse": Route(Audience.MEMBER, shows="version"),
    "endorsement_take_back": Route(Audience.MEMBER, shows="version"),
    "verdict_credential": Route(Audience.MEMBER, shows="verdict", post_only=True),
    "credential_list": MEMBER,
    "credential_file": Route(Audience.MEMBER, shows="credential"),
    "credential_take_back": Route(Audience.MEMBER, shows="credential", post_only=True),
    "certificate_list": MEMBER,
    "badge_issue": Route(Audience.MEMBER, post_only=True),
    "certificate_all": MEMBER,
    "certificate_withdraw": Route(Audience.MEMBER, shows="certificate"),
    "certificate_pdf": Route(Audience.MEMBER, shows="credential"),
    "certificate_docx": Route(Audience.MEMBER, shows="credential"),
    "verify": PUBLIC,
    "verify_verdict": PUBLIC,
    "verify_credential": PUBLIC,
    "verify_badge_svg": Route(Audience.PUBLIC),
    "verify_badge_png": Route(Audience.PUBLIC),
    "verify_material_credential": Route(Audience.PUBLIC),
    "verify_key": Route(Audience.PUBLIC),
    "verify_jwks": Route(Audience.PUBLIC),
    "verify_issuer": Route(Audience.PUBLIC),
    "verify_revoked": Route(Audience.PUBLIC),
    "catalogue_signature": Route(Audience.PUBLIC),
    "verdict_sign": Route(Audience.COORDINATOR, shows="verdict"),
    "verdict_withdraw": Route(Audience.COORDINATOR, shows="verdict"),
    "verdict_inherit": Route(Audience.COORDINATOR, shows="verdict"),
    "panel_doctor": Route(Audience.COORDINATOR),
    "round_doctor": Route(Audience.COORDINATOR, shows="review round"),
    "policy_list": MEMBER,
    "policy_new": MEMBER,
    "policy_preview": MEMBER,
    "policy_detail": Route(Audience.MEMBER, shows="validation policy"),
}
