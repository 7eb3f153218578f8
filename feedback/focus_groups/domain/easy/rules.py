"""What holds for every change of a form: who may, what is locked, what is written down."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import EasyForm


class Answered(NotPossible):
    """Somebody has answered: the questions are those that were answered."""


def locked(form_id: int, by: User) -> EasyForm:
    """The form, held until the deed is done. Raises Refused for who does not run forms there."""
    form = (
        EasyForm.objects.select_for_update(of=("self",)).select_related("country").get(pk=form_id)
    )
    permissions.may_plan(by, form.country_id)
    return form


def check_unanswered(form: EasyForm) -> None:
    """Raises Answered when a response was begun."""
    if form.responses.exists():
        raise Answered(
            _("Somebody has answered, so the questions stay. Copy the form to ask other ones.")
        )


def record(deed: str, form: EasyForm, by: User, at: datetime) -> None:
    """One more state of the form, and the line of who made it."""
    form.revision += 1
    form.save(update_fields=["revision"])
    audit.record(deed=deed, about=form, by=by, at=at, country_id=form.country_id)
