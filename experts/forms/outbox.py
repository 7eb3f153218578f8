"""The outbox's filter bar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.domain import message_kinds
from experts.enums import MessageState
from experts.models import Person, User


class MessageFilterForm(forms.Form):
    """What the outbox is narrowed to; anything else is refused."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *MessageState.choices], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, message_kinds.label(name)) for name in message_kinds.names()]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]  # type: ignore[attr-defined]
        self.fields["person"].queryset = Person.objects.contactable_by(user)  # type: ignore[attr-defined]
