"""The demo's change watch: two changes ahead, one looked at, one that is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from experts.enums import Role
from experts.models import Country, Membership, Person
from materials.enums import PortfolioPart
from practices.domain.watch import targets
from practices.enums import Touched, WatchKind
from practices.models import WatchItem


@dataclass(frozen=True)
class DemoChange:
    """A change outside; `days` from the anchor until it holds, `found` what was found where."""

    title: str
    kind: WatchKind
    country: str
    days: int
    effect: str
    parts: tuple[PortfolioPart, ...]
    tags: tuple[str, ...] = ()
    found: tuple[tuple[Touched, str], ...] = ()
    is_over: bool = False


CHANGES = (
    DemoChange(
        "Recognition offices take applications online only",
        WatchKind.SERVICE, "DE", 40,
        "Papers are no longer accepted at the counter. People need a scan of every page and an "
        "account with the office before they come to us.",
        (PortfolioPart.EUROPASS_CV, PortfolioPart.ARTEFACT), ("papers", "legal"),
        ((Touched.YES, "The steps still send people to the counter."),),
    ),
    DemoChange(
        "The European CV gets a section for volunteer work",
        WatchKind.TOOL, "", 75,
        "What people did without pay has a place of its own now. Learners need not hide it under "
        "other experience.",
        (PortfolioPart.EUROPASS_CV,), ("volunteers",),
    ),
    DemoChange(
        "Permits to work are given after three months",
        WatchKind.LAW, "BG", -20,
        "The waiting time is shorter by three months. Mentors may begin with the job search at "
        "once.",
        (PortfolioPart.PLAN,), ("legal", "first job"),
        (
            (Touched.NO, "It names no waiting time."),
            (Touched.YES, "The plan for the first weeks begins too late."),
        ),
    ),
    DemoChange(
        "The city closes the help line for newcomers",
        WatchKind.SERVICE, "ES", -90,
        "The number is printed in our leaflets. The office answers by mail only.",
        (), (), (), is_over=True,
    ),
)  # fmt: skip


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    for change in CHANGES:
        if WatchItem.objects.filter(title=change.title).exists():
            continue
        item = WatchItem.objects.create(
            title=change.title,
            kind=change.kind,
            country=Country.objects.filter(code=change.country).first(),
            source="https://example.org/changes",
            effect=change.effect,
            from_on=anchor + timedelta(days=change.days),
            parts=list(change.parts),
            tags=list(change.tags),
            added_by=_finder(change.country),
            added_on=anchor - timedelta(days=120 if change.is_over else 15),
            closed_on=anchor - timedelta(days=80) if change.is_over else None,
        )
        targets.lay_out(item)
        # Some were looked at; the others wait on Today.
        for target, (touched, note) in zip(item.targets.all(), change.found, strict=False):
            target.touched, target.note = touched, note
            target.settled_by, target.settled_on = item.added_by, anchor - timedelta(days=3)
            target.save()


def _finder(code: str) -> Person:
    """The coordinator of the country, the project manager for a change of all countries."""
    roles = Membership.objects.current().order_by("pk")
    if code:
        found = roles.filter(role=Role.COORDINATOR, cop__country__code=code)
    else:
        found = roles.filter(role=Role.PROJECT_MANAGER)
    return found.select_related("person")[0].person
