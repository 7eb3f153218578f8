"""Who gets where: materials, their versions and words."""

from __future__ import annotations

from experts.enums import Role
from tests import factories as make
from tests.materials import drawings
from tests.platform.access.ground import Ground
from tests.platform.access.roles import ROLES

SEES: dict[str, tuple[set[str], set[str]]] = {
    "material": (set(ROLES), set(ROLES)),
    # Not released: the owner's country's coordinators and the manager, nobody else.
    "version": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "version number": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Its sender alone; the accounts of this matrix send none.
    "incoming file": (set(), set()),
    "version pair": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Every member reads the project's words; who keeps them stands in MAY.
    "glossary term": (set(ROLES), set(ROLES)),
    # The card of its material is every member's; who decides stands in MAY.
    "erratum": (set(ROLES), set(ROLES)),
    "page": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "text track": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
}
MAY: dict[str, set[str]] = {
    "material_new": {Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER},
    "material_conflict": {Role.EXPERT},
    "version_new": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "incoming_list": {Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER},
    "term_new": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "term_edit": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "term_delete": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "matrix_edit": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "erratum_decide": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "material_tags": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    # Experts endorse, and they see a version once it is released.
    "version_endorse": set(),
}
MAY_ABROAD: dict[str, set[str]] = {
    "version_new": {Role.PROJECT_MANAGER},
    "matrix_edit": {Role.PROJECT_MANAGER},
    "erratum_decide": {Role.PROJECT_MANAGER},
    "material_tags": {Role.PROJECT_MANAGER},
}
POSTED: dict[str, dict[str, str]] = {}


def objects(ground: Ground) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    code, guest, version, mended = ground.code, ground.guest, ground.version, ground.mended
    return {
        "material": version.material_id,
        "version": version.pk,
        "version number": (version.material_id, version.number),
        "incoming file": make.incoming_file(guest).key,
        "version pair": (version.pk, mended.pk),
        "erratum": (version.material_id, mended.number),
        "glossary term": make.term(f"portfolio {code}").pk,
        "page": version.page_set.get().pk,
        "text track": drawings.captions(version).pk,
    }
