"""What stands beside a comment on a page: the button that makes it a change, or its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cop_platform.common.prepared import KeysSlot, Prepared, Slot, at_once
from experts.enums import Role
from experts.models import User
from feedback.changes import permissions, sources
from feedback.changes.domain import refs
from feedback.changes.domain.states import State, state_of
from feedback.changes.models import ChangeRequest
from materials.models import Version


@dataclass(frozen=True)
class ChangeLink:
    """Plain values, so that what is drawn from them can be remembered.

    With a `url` the comment is a change request already, in that `state`; with a `value` it can be
    made one: the value of the button of the form `raise-change`.
    """

    value: str = ""
    url: str = ""
    state: State | None = None


# Of a comment that this reader can do nothing with.
NONE = ChangeLink()


Spoken = Mapping[str, Mapping[int, int | None]]


def beside(user: User, version: Version, spoken: Spoken) -> dict[tuple[str, int], ChangeLink]:
    """The links of comments on a version, which comes with its material, by kind and key.

    `spoken` gives by kind and key the country that a comment speaks for. They are comments that
    this person may read and that ask for something in words: others must not be asked for. Who can
    neither ask for a change nor see the request that was made gets no link. One question.
    """
    known = {kind: keys for kind, keys in spoken.items() if keys and sources.find(kind)}
    about = {
        (kind, key): (version, country_id)
        for kind, countries in known.items()
        for key, country_id in countries.items()
    }
    return beside_several(user, about)


def beside_several(
    user: User, about: Mapping[tuple[str, int], tuple[Version, int | None]]
) -> dict[tuple[str, int], ChangeLink]:
    """The same for comments on several versions: each with its version and its country."""
    if not about:
        return {}
    known: dict[str, dict[int, int | None]] = {}
    for (kind, key), (_version, country_id) in about.items():
        known.setdefault(kind, {})[key] = country_id
    found, taken = {}, set()
    for change in _made_of(user, known):
        made_of = (change.source_kind, change.source_key)
        taken.add(made_of)
        if change.is_seen:
            found[made_of] = ChangeLink(url=change.get_absolute_url(), state=state_of(change))
    for (kind, key), (version, country_id) in about.items():
        if (kind, key) in taken:
            continue
        if permissions.may_raise.allows(user, version.material, country_id):
            found[kind, key] = ChangeLink(value=f"{kind}:{refs.of(kind, key, version.pk)}")
    return found


def _made(countries: KeysSlot | None, *, coordinates: bool) -> QuerySet:
    """The requests made of comments of a kind, each with whether a person sees it."""
    seen = ChangeRequest.objects.read_by(Slot("person"), countries, coordinates=coordinates)
    is_seen = Exists(seen.filter(pk=OuterRef("pk")).order_by())
    made = ChangeRequest.objects.filter(source_kind=Slot("kind"), source_key__in=KeysSlot("keys"))
    rows = made.order_by().annotate(is_seen=is_seen)
    return rows.select_related("done_in", "merged_into")


# Written once for each reader's part: their conditions take longer to write than to ask.
_BY_MANAGER = Prepared(lambda: _made(None, coordinates=False))
_BY_COORDINATOR = Prepared(lambda: _made(KeysSlot("countries"), coordinates=True))
_BY_OTHERS = Prepared(lambda: _made(KeysSlot("countries"), coordinates=False))


def _made_of(user: User, known: Spoken) -> list[Any]:
    """The requests made of these comments, with `is_seen`; one query."""
    access = user.access
    countries = list(access.countries(Role.COORDINATOR))
    others = _BY_COORDINATOR if countries else _BY_OTHERS
    prepared = _BY_MANAGER if access.is_manager else others
    person = user.person.pk
    asked = [
        prepared.asked(person=person, countries=countries, kind=kind, keys=list(keys))
        for kind, keys in known.items()
    ]
    return [change for changes in at_once(asked) for change in changes]
