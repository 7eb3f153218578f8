"""What invited people type."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from experts.fields import PeopleForm
from experts.models import Person
from sessions.enums import Answer


class AnswerForm(forms.Form):
    """Yes, maybe or no, with a word if one likes."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(a.value, a.label) for a in Answer if a != Answer.NONE],
        error_messages={"required": _("Choose an answer.")},
    )
    note = LineFormField(label=_("A word to the coordinator (optional)"), limit=500, required=False)
    suggested = LineFormField(label=_("A colleague who could come instead"), required=False)


class InvitePeopleForm(PeopleForm):
    """Whom to ask; people who could not follow are asked only on purpose."""

    without_path = forms.BooleanField(
        label=_("Invite people who cannot follow all the same"), required=False
    )

    def __init__(
        self, *args: Any, candidates: list[Person], flagged: Collection[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, candidates=candidates, **kwargs)
        self.flagged = {str(key) for key in flagged}
        if not flagged:
            del self.fields["without_path"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.flagged & set(cleaned.get("people", [])) and not cleaned.get("without_path"):
            self.add_error(
                "without_path",
                _("Some of those you chose have no way to follow. Tick this to ask them anyway."),
            )
        return cleaned
