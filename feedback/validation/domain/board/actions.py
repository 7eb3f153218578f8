"""The one thing to do about a cell, by whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.addresses import numbered
from experts.models import User
from feedback.validation.domain.board import wording
from feedback.validation.domain.board.asking import Facts
from feedback.validation.domain.board.states import GOOD_STATES, State
from materials import permissions as material_permissions


@dataclass(frozen=True)
class Action:
    label: str
    url: str


class Reader:
    """Whoever looks at the board: what they may do, asked of their rights once."""

    def __init__(self, user: User) -> None:
        self.access = user.access
        self._person = user.person.pk
        self._uploads = material_permissions.may_upload.allows(user)

    def leads(self, cell: Facts) -> bool:
        """Opens rounds in the cell's country and confirms what they say."""
        return self.access.coordinates(cell.country_id)

    def edits(self, cell: Facts) -> bool:
        """Gives the material new versions and releases them, as `may_edit` says it."""
        owns = cell.owner_id == self._person and self._uploads
        return owns or self.access.coordinates(cell.home_id)

    def signs(self, cell: Facts) -> bool:
        """May know of the verdict that waits here, as `visible_to` of verdicts says it."""
        if cell.waiting_country_id is None:
            return self.access.plans_sessions
        return self.leads(cell)


def of(cell: Facts, reader: Reader, *, critical: int) -> Action:
    """The next step for this reader; who can do nothing sees what there is to read."""
    if cell.state == State.NO_EDITION:
        found = _edition(cell, reader)
    elif critical and (reader.leads(cell) or reader.edits(cell)):
        url = f"{reverse('change_list')}?material={cell.code}&state=open&severity=critical"
        found = Action(_("Decide on the changes"), url)
    elif cell.state in GOOD_STATES:
        found = _good(cell, reader)
    else:
        found = _missing(cell, reader)
    return found or _to_read(cell)


def _missing(cell: Facts, reader: Reader) -> Action | None:
    if cell.waiting_id is not None and reader.signs(cell):
        return Action(_("Look at the verdict"), numbered("verdict_detail", cell.waiting_id))
    if cell.unjudged and reader.access.coordinates(cell.home_id):
        url = reverse("erratum_decide", args=[cell.material_id, cell.newest])
        return Action(_("Decide on the erratum"), url)
    return _round(cell) if reader.leads(cell) else None


def _edition(cell: Facts, reader: Reader) -> Action | None:
    if not reader.edits(cell):
        return None
    return Action(_("Add the edition"), numbered("version_new", cell.material_id))


def _good(cell: Facts, reader: Reader) -> Action | None:
    if cell.sign_id is not None and reader.leads(cell):
        return Action(_("Look at what grew old"), numbered("ageing_detail", cell.sign_id))
    if not cell.released and reader.edits(cell):
        url = reverse("version_release", args=[cell.material_id, cell.newest])
        return Action(_("Release it"), url)
    return None


def _round(cell: Facts) -> Action:
    if cell.round_id is not None and not cell.closed:
        if cell.asks and cell.asked < (cell.wanted or 0):
            return Action(_("Ask experts"), numbered("round_assign", cell.round_id))
        return Action(_("Look at the round"), numbered("round_detail", cell.round_id))
    if cell.round_id is not None and wording.is_undecided(cell):
        url = f"{numbered('round_verdict', cell.round_id)}?country={cell.country}"
        return Action(_("Confirm the verdict"), url)
    if cell.sign_id is not None:
        return Action(_("Look at what grew old"), numbered("ageing_detail", cell.sign_id))
    url = f"{reverse('round_new')}?version={cell.newest_id}&country={cell.country}"
    return Action(_("Open a round"), url)


def _to_read(cell: Facts) -> Action:
    if cell.verdict_id is not None:
        return Action(_("See the verdict"), numbered("verdict_detail", cell.verdict_id))
    return Action(_("See the material"), numbered("material_detail", cell.material_id))
