"""What keeps a version from being released: the cells of the board that are not good yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.times import to_wall
from experts.models import Country, User
from feedback.validation.domain.board import actions, asking, wording
from feedback.validation.domain.board.actions import Reader
from feedback.validation.domain.board.asking import Facts
from feedback.validation.domain.board.page import is_good, open_changes
from feedback.validation.domain.gate import waivers
from feedback.validation.models import ReleaseWaiver, Verdict
from materials.gates import Gate, Obstacle
from materials.models import Erratum, Version


def obstacles(version: Version, user: User, at: datetime) -> Iterator[Obstacle]:
    """Each country that needs this edition and has no good verdict on it, nor a waiver.

    A version in a language that no country asked for needs one good verdict, wherever it was
    given. Critical changes that nobody has decided keep every version from being released, unless
    a waiver for all countries says otherwise.
    """
    if ReleaseWaiver.objects.filter(
        version=version, country__isnull=True, taken_back_at__isnull=True
    ).exists():
        return
    today = to_wall(at, user.person.zone).date()
    _open, critical = open_changes([version.material_id]).get(version.material_id, (0, 0))
    if critical:
        yield _changes(version, critical)
    cells = asking.of_version(version, today)
    if not cells:
        if not _has_good_verdict(version, today):
            yield _nowhere(version, user)
        return
    reader = Reader(user)
    names = dict(Country.objects.values_list("pk", "name"))
    for cell in cells:
        if not is_good(cell) and not cell.waiver:
            yield _of_cell(cell, reader, names[cell.country_id])


def _changes(version: Version, critical: int) -> Obstacle:
    url = f"{reverse('change_list')}?material={version.material.code}&state=open"
    return Obstacle(wording.changes_sentence(critical), url, _("Look at the changes"))


def _of_cell(cell: Facts, reader: Reader, country: str) -> Obstacle:
    words = wording.of(cell, critical=0, signs=reader.signs(cell))
    action = actions.of(cell, reader, critical=0)
    sentence = _("%(country)s, %(language)s: %(why)s") % {
        "country": country,
        "language": wording.LANGUAGES[cell.language],
        "why": " ".join(words.blocks),
    }
    return Obstacle(sentence, action.url, action.label)


def _nowhere(version: Version, user: User) -> Obstacle:
    sentence = _(
        "No country asked for this material in %(language)s, so one verdict on version %(n)d is "
        "enough; there is none that says validated."
    ) % {"language": version.get_language_display(), "n": version.number}
    if not user.access.plans_sessions:
        return Obstacle(sentence)
    return Obstacle(sentence, f"{reverse('round_new')}?version={version.pk}", _("Open a round"))


def _has_good_verdict(version: Version, today: date) -> bool:
    """On the version, or on what it only mends; where it has a verdict of its own, on that one."""
    followed = version
    while not Verdict.objects.filter(_final(followed)).exists():
        erratum = Erratum.objects.filter(version=followed, is_material=False)
        mended = erratum.select_related("corrects").first()
        if mended is None:
            return False
        followed = mended.corrects
    return Verdict.objects.good(today).filter(version=followed).exists()


def _final(version: Version) -> Q:
    return Q(version=version, final_at__isnull=False, superseded_at__isnull=True)


GATE = Gate(obstacles=obstacles, waivers=waivers.in_force)
