"""What stands beside a comment on a page: the button that makes it a change, or its state."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

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


def beside(user: User, version: Version, kind: str, keys: Collection[int]) -> dict[int, ChangeLink]:
    """The links of comments on a version, which comes with its material.

    `keys` are comments that this person may read: others must not be asked for. Who can neither
    ask for a change nor see the request that was made gets no link. Three questions.
    """
    source = sources.find(kind)
    if source is None or not keys:
        return {}
    made = ChangeRequest.objects.filter(source_kind=kind, source_key__in=keys)
    taken = set(made.values_list("source_key", flat=True))
    found: dict[int, ChangeLink] = {
        change.source_key: ChangeLink(url=change.get_absolute_url(), state=state_of(change))
        for change in made.visible_to(user).select_related("done_in", "merged_into")
        if change.source_key is not None
    }
    for key, about in source.about([key for key in keys if key not in taken]).items():
        if permissions.may_raise.allows(user, version.material, about.country_id):
            found[key] = ChangeLink(value=f"{kind}:{refs.of(kind, key, about.version_id)}")
    return found
