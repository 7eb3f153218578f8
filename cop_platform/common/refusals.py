"""A rule says why not: permission functions raise Refused with a sentence a person can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """The person may not do this; the message says why. Uncaught it becomes a 403 page."""


class NotPossible(Exception):
    """Anticipated: the state of things forbids it now; the message is shown beside the form."""


class Check(Protocol):
    """A permission function with its yes/no twin for templates."""

    def __call__(self, *args: Any, **kwargs: Any) -> None: ...

    def allows(self, *args: Any, **kwargs: Any) -> bool: ...


def check(rule: Callable[..., None]) -> Check:
    """Adds `rule.allows(...)`, which is False where the rule raises Refused."""

    def allows(*args: Any, **kwargs: Any) -> bool:
        try:
            rule(*args, **kwargs)
        except Refused:
            return False
        return True

    rule.allows = allows  # type: ignore[attr-defined]
    return rule  # type: ignore[return-value]
