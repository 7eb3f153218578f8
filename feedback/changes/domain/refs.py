"""How a page names a comment without giving its key.

Keys of ratings run on from one to the next, so they would tell which comments were written by the
same hand. A reference proves its comment and nothing more.
"""

from __future__ import annotations

import hmac

from cop_platform.common import tokens
from experts.models import User
from feedback.changes.sources import Source

_PURPOSE = "change source"


def of(kind: str, key: int, version_id: int) -> str:
    """The reference of a comment on a version."""
    return tokens.make(f"{_PURPOSE} {kind}", version_id, key, 0)


def find(source: Source, ref: str, user: User) -> int | None:
    """The key of the comment a reference is about, if this person may read that comment."""
    version_id = tokens.object_id(ref)
    if version_id is None:
        return None
    asked = ref.encode("utf-8", "replace")
    for key in source.readable(user, version_id):
        if hmac.compare_digest(of(source.kind, key, version_id).encode(), asked):
            return int(key)
    return None
