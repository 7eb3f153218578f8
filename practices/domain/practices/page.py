"""A practice as its page shows it: one version of the card and what is known beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from experts.models import User
from materials.models import Material
from practices import permissions
from practices.domain.practices import adopting, checking, filters, lineage, maturity, versions
from practices.domain.practices.cards import OPEN
from practices.domain.practices.filters import Chip
from practices.domain.practices.maturity import Step
from practices.domain.practices.versions import Changed, Look, Passage
from practices.enums import CheckStep
from practices.models import Adoption, Practice, PracticeVersion

_LOOKS = {
    CheckStep.DRAFT: ("quiet", "edit"),
    CheckStep.SUBMITTED: ("warn", "clock"),
    CheckStep.SCREENED: ("warn", "clock"),
    CheckStep.PUBLISHED: ("ok", "check"),
    CheckStep.RETURNED: ("bad", "question"),
}


@dataclass(frozen=True)
class Use:
    """An adoption on the page, and whether this person tells what came of it."""

    adoption: Adoption
    may_report: bool


@dataclass(frozen=True)
class Rights:
    """What this person may do here now."""

    edit: bool
    discard: bool
    take_back: bool
    revise: bool
    check: bool
    grade: bool
    adopt: bool


@dataclass(frozen=True)
class Page:
    """All that the page of a version says."""

    practice: Practice
    version: PracticeVersion
    state: Chip
    maturity: Chip
    is_newest: bool
    passages: list[Passage]
    looks: list[Look]
    versions: list[PracticeVersion]
    before: PracticeVersion | None
    changes: list[Changed]
    steps: list[Step]
    uses: list[Use]
    materials: list[Material]
    family: lineage.Node | None
    picture: lineage.Picture | None
    rights: Rights

    @property
    def may_raise(self) -> bool:
        return self.rights.grade and any(step.is_next and step.is_met for step in self.steps)


def build(version: PracticeVersion, user: User, today: date) -> Page:
    """From a version with its practice; so many questions however long the lists are."""
    practice = version.practice
    readable = versions.readable(practice, user)
    before = versions.before(version, readable)
    adoptions = adopting.of_practice(practice)
    family = lineage.tree(practice)
    is_newest = practice.current_id in {version.pk, None}
    return Page(
        practice=practice,
        version=version,
        state=state(version),
        maturity=filters.chip(practice.maturity),
        is_newest=is_newest,
        passages=versions.passages(version),
        looks=versions.looks(version),
        versions=readable,
        before=before,
        changes=list(versions.changes(before, version)) if before else [],
        steps=maturity.steps(practice, adoptions, today),
        uses=[
            Use(adoption, permissions.may_report_adoption.allows(user, adoption))
            for adoption in adoptions
        ],
        materials=list(practice.materials.visible_to(user).order_by("code")),
        family=family,
        picture=lineage.picture(family) if family else None,
        rights=_rights(version, readable, user),
    )


def state(version: PracticeVersion) -> Chip:
    """Where a version stands on its way, as a chip."""
    kind, icon = _LOOKS[CheckStep(version.step)]
    return Chip(kind, icon, version.get_step_display())


def _rights(version: PracticeVersion, readable: list[PracticeVersion], user: User) -> Rights:
    practice = version.practice
    edits = permissions.may_edit_practice.allows(user, practice)
    is_recommended = practice.current_id is not None and practice.retired_on is None
    is_at_work = any(
        one.step != CheckStep.PUBLISHED and one.discarded_on is None for one in readable
    )
    is_draft = version.step in OPEN
    is_own = permissions.may_discard.allows(user, practice)
    return Rights(
        edit=edits and is_draft and version.discarded_on is None,
        discard=is_own and is_draft and version.discarded_on is None,
        take_back=is_own and version.discarded_on is not None,
        revise=edits and is_recommended and not is_at_work,
        check=_may_decide(version, user),
        grade=is_recommended and permissions.may_grade.allows(user, practice),
        adopt=is_recommended and permissions.may_adopt.allows(user, practice),
    )


def _may_decide(version: PracticeVersion, user: User) -> bool:
    try:
        checking.may_decide(user, version)
    except (permissions.Refused, checking.WrongStep):
        return False
    return True
