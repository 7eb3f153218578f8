"""Two codes that mean the same become one: somebody proposes it, another coder decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.enums import Stance
from feedback.focus_groups.models import Code, Coding, MergeProposal, Theme


class NotMergeable(NotPossible):
    """The two codes cannot become one; the message says why."""


@transaction.atomic
def propose(*, code_id: int, into_id: int, why: str, by: User, at: datetime) -> MergeProposal:
    """Proposes that a code becomes part of another. Raises Refused, NotMergeable."""
    code, into = _both(code_id, into_id)
    permissions.may_hear(by, code.country_id)
    _check(code, into)
    open_ones = MergeProposal.objects.filter(is_agreed__isnull=True)
    both = {code.pk, into.pk}
    if open_ones.filter(code__in=both, into__in=both).exists():
        raise NotMergeable(_("Merging these two is proposed already."))
    made = MergeProposal.objects.create(code=code, into=into, why=why, proposed_by=by.person)
    audit.record(deed="merge proposed", about=code, by=by, at=at, country_id=code.country_id)
    return made


@transaction.atomic
def decide(*, proposal_id: int, agrees: bool, by: User, at: datetime) -> MergeProposal:
    """Agrees to a merge, which is done at once, or declines it.

    Who proposed it may not agree to it, but may take it back. Raises Refused, NotMergeable.
    """
    proposal = MergeProposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    code, into = _both(proposal.code_id, proposal.into_id)
    permissions.may_hear(by, code.country_id)
    if proposal.is_agreed is not None:
        raise NotMergeable(_("This proposal was decided on already."))
    if agrees and proposal.proposed_by_id == by.person.pk:
        raise Refused(_("Another coder decides on your proposal."))
    if agrees:
        _check(code, into)
        _merge(code, into)
    proposal.is_agreed, proposal.decided_by = agrees, by.person
    proposal.save()
    deed = "codes merged" if agrees else "merge declined"
    audit.record(deed=deed, about=code, by=by, at=at, country_id=code.country_id, into=into.pk)
    return proposal


def _both(code_id: int, into_id: int) -> tuple[Code, Code]:
    """Both rows, locked in one order always, so that two who merge do not wait for each other."""
    rows = Code.objects.select_for_update(of=("self",)).select_related("merged_into")
    found = {row.pk: row for row in rows.filter(pk__in={code_id, into_id}).order_by("pk")}
    if len({code_id, into_id} & set(found)) < 2:
        raise NotMergeable(_("Choose two codes of the same codebook."))
    return found[code_id], found[into_id]


def _check(code: Code, into: Code) -> None:
    if code.country_id != into.country_id:
        raise NotMergeable(_("Choose two codes of the same codebook."))
    for one in (code, into):
        if one.merged_into is not None:
            said = {"name": one.name, "into": one.merged_into.name}
            raise NotMergeable(_("“%(name)s” is part of “%(into)s” already.") % said)


def _merge(code: Code, into: Code) -> None:
    """Codings and themes of the one become the other's; what was merged before goes along."""
    kept = {row.coded_id: row for row in Coding.objects.filter(code=into)}
    for row in Coding.objects.filter(code=code):
        other = kept.get(row.coded_id)
        if other is None:
            row.code = into
            row.save(update_fields=["code"])
            continue
        other.stance = _together(other.stance, row.stance)
        other.save(update_fields=["stance"])
        row.delete()
    for theme in Theme.objects.filter(codes=code):
        theme.codes.add(into)
        theme.codes.remove(code)
    Code.objects.filter(merged_into=code).update(merged_into=into)
    code.merged_into = into
    code.revision += 1
    code.save()


def _together(one: str, other: str) -> str:
    """In favour and against the same matter is neither."""
    said = {one, other} - {Stance.NEUTRAL}
    return said.pop() if len(said) == 1 else Stance.NEUTRAL
