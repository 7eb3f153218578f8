"""A form that is sent twice does its deed once."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms


class OnceForm(forms.Form):
    """The hidden name of a form on the page, kept while the form is corrected."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"once": uuid.uuid4()}, auto_id=False)

    @property
    def token(self) -> uuid.UUID | None:
        """The name that came with the form; None for one without a name, or with a wrong one."""
        return self.cleaned_data.get("once") if self.is_valid() else None
