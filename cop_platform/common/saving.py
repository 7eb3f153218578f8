"""A form that changes a row somebody else may change meanwhile: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from cop_platform.common.refusals import NotPossible
from cop_platform.common.revisions import ChangedMeanwhile, seen


@dataclass(frozen=True)
class Saving:
    """What came of a form: `revision` goes back with it, as the state that was seen."""

    revision: int
    is_done: bool = False
    is_conflict: bool = False

    @property
    def status(self) -> int:
        """Of the page that shows the form again."""
        return 409 if self.is_conflict else 200


def save(
    request: HttpRequest,
    form: forms.Form,
    row: Any,
    deed: Callable[[int], object],
    *,
    beside: str | None = None,
    fields: Mapping[type[NotPossible], str] | None = None,
) -> Saving:
    """Does the deed of a valid form, called with the revision of `row` that the form was opened on.

    What refuses it is said in the form: beside the field of that kind in `fields`, else beside the
    field `beside`, None for the whole form. After a conflict `row` is loaded anew: sent again, what
    was typed is what holds, for then both were seen.
    """
    revision = seen(request.POST) if form.is_bound else row.revision
    if not form.is_valid():
        return Saving(revision)
    try:
        deed(revision)
    except ChangedMeanwhile as error:
        form.add_error(None, str(error))
        row.refresh_from_db()
        return Saving(row.revision, is_conflict=True)
    except NotPossible as error:
        form.add_error((fields or {}).get(type(error), beside), str(error))
        return Saving(revision)
    return Saving(revision, is_done=True)
