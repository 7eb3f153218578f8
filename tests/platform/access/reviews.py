"""Who gets where: reviews, verdicts and requests for change."""

from __future__ import annotations

from experts.enums import Role
from tests import factories as make
from tests.feedback import world as reviews
from tests.feedback.changes import asking
from tests.platform.access.ground import Ground
from tests.platform.access.roles import ROLES

SEES: dict[str, tuple[set[str], set[str]]] = {
    "review round": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "wave": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Its reason is every member's; who signs and takes back stands in MAY.
    "waiver": (set(ROLES), set(ROLES)),
    "sign of ageing": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # In force once: every member reads what was said.
    "verdict": (set(ROLES), set(ROLES)),
    # Its owner alone; the accounts of this matrix are never that person.
    "credential": (set(), set()),
    # Beside its holder the manager, who may withdraw it.
    "certificate": ({Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "reopening": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Of no country: whoever coordinates reads them; who writes them stands in MAY.
    "rubric": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.COORDINATOR, Role.PROJECT_MANAGER}),
    "criterion": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER},
        {Role.COORDINATOR, Role.PROJECT_MANAGER},
    ),
    # By which rule materials are judged is every member's to read; who freezes stands in MAY.
    "validation policy": (set(ROLES), set(ROLES)),
    # The author and who was named to decide see it too; the accounts of this matrix are neither.
    "change request": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # The assigned expert alone; the accounts of this matrix are never that person.
    "review assignment": (set(), set()),
}
MAY: dict[str, set[str]] = {
    "review_list": {Role.EXPERT, Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER},
    "rubric_templates": {Role.PROJECT_MANAGER},
    "rubric_new": {Role.PROJECT_MANAGER},
    "rubric_edit": {Role.PROJECT_MANAGER},
    "rubric_sample": {Role.PROJECT_MANAGER},
    "rubric_revise": {Role.PROJECT_MANAGER},
    "rubric_retire": {Role.PROJECT_MANAGER},
    "criterion_new": {Role.PROJECT_MANAGER},
    "criterion_edit": {Role.PROJECT_MANAGER},
    "criterion_move": {Role.PROJECT_MANAGER},
    "criterion_delete": {Role.PROJECT_MANAGER},
    "policy_new": {Role.PROJECT_MANAGER},
    "policy_preview": {Role.PROJECT_MANAGER},
    "verdict_credential": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "certificate_all": {Role.PROJECT_MANAGER},
    "change_new": {Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER},
    "release_waive": {Role.PROJECT_MANAGER},
    "waiver_take_back": {Role.PROJECT_MANAGER},
}
MAY_ABROAD: dict[str, set[str]] = {
    "verdict_credential": {Role.PROJECT_MANAGER},
    "verdict_sign": {Role.PROJECT_MANAGER},
    "verdict_withdraw": {Role.PROJECT_MANAGER},
    "verdict_inherit": {Role.PROJECT_MANAGER},
}
POSTED: dict[str, dict[str, str]] = {}


def objects(ground: Ground) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    code, guest = ground.code, ground.guest
    version, mended, review_round = ground.version, ground.mended, ground.review_round
    rubric = reviews.rubric(f"Rubric {code}")
    return {
        "review round": review_round.pk,
        "change request": asking.typed(version, code=code).pk,
        "reopening": reviews.asked_back(review_round, make.person(code=code)).pk,
        "wave": reviews.wave(review_round).pk,
        "verdict": reviews.verdict(make.version(version.material), code).pk,
        "waiver": reviews.waiver(mended).pk,
        "sign of ageing": reviews.ageing_sign(version).pk,
        "credential": reviews.credential(guest).key,
        "certificate": reviews.certificate(guest).key,
        "rubric": rubric.pk,
        "criterion": rubric.criteria.first().pk,
        "validation policy": review_round.policy_id,
        "review assignment": reviews.assigned(review_round, guest).pk,
    }
