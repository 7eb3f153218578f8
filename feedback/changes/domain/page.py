"""The ledger as its pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from experts.models import User
from feedback.changes import permissions, sources
from feedback.changes.domain import history
from feedback.changes.domain.states import State, severity_of, state_of
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest

_EXCERPT = 220


@dataclass(frozen=True)
class Row:
    """A request in the list."""

    pk: int
    url: str
    code: str
    title: str
    version: int
    asked: str
    severity: State
    state: State
    owner: str
    due_on: date | None
    country: str
    may_decide: bool


@dataclass(frozen=True)
class Detail:
    """One request; `merged` are those that became part of it and may be read."""

    change: ChangeRequest
    severity: State
    state: State
    is_open: bool
    is_accepted: bool
    source: str
    where: str
    country: str
    steps: list[history.Step]
    merged: list[ChangeRequest]
    may_decide: bool
    may_arrange: bool


def rows(changes: Iterable[ChangeRequest], user: User, today: date) -> list[Row]:
    """From rows of `with_facts`."""
    return [
        Row(
            pk=change.pk,
            url=change.get_absolute_url(),
            code=change.material.code,
            title=change.material.title,
            version=change.version.number,
            asked=excerpt(change.asked),
            severity=severity_of(change),
            state=state_of(change, today),
            owner=(change.owner or change.material.owner).name,
            due_on=change.due_on,
            country=country_of(change, user),
            may_decide=_waits(change) and permissions.may_decide.allows(user, change),
        )
        for change in changes
    ]


def build(change: ChangeRequest, user: User, today: date) -> Detail:
    """The page of one request, which comes `with_facts`."""
    source = sources.find(change.source_kind)
    key = change.source_key
    return Detail(
        change=change,
        severity=severity_of(change),
        state=state_of(change, today),
        is_open=_waits(change),
        is_accepted=change.decision in {Decision.ACCEPT, Decision.ADAPT},
        source=sources.label(change.source_kind),
        where=source.where(user, key) if source and key is not None else "",
        country=country_of(change, user),
        steps=history.of(change),
        merged=list(change.merged.visible_to(user)),
        may_decide=permissions.may_decide.allows(user, change),
        may_arrange=permissions.may_arrange.allows(user, change),
    )


def country_of(change: ChangeRequest, user: User) -> str:
    """The code of the country that asks, where this person may know it."""
    if change.country is None or not permissions.may_know_country.allows(user, change):
        return ""
    return change.country.code


def excerpt(text: str) -> str:
    """The beginning of the first paragraph, on one line."""
    line = " ".join(text.strip().split("\n\n")[0].split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"


def mergeable(change: ChangeRequest, user: User) -> list[ChangeRequest]:
    """Open requests of the same material that this one could become part of."""
    if not _waits(change):
        return []
    others = ChangeRequest.objects.visible_to(user).undecided()
    found = others.filter(material=change.material_id).exclude(pk=change.pk)
    return list(found.select_related("version")[:100])


def _waits(change: ChangeRequest) -> bool:
    return change.decision == Decision.OPEN and change.merged_into_id is None
