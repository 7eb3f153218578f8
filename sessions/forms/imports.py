"""The file a coordinator imports sessions from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.models import CommunityOfPractice, User
from sessions.domain.calendar_reading import MAX_CHARACTERS
from sessions.enums import Kind


class ImportForm(forms.Form):
    """A calendar file, or its text as it was previewed, and what becomes of it."""

    file = forms.FileField(
        label=_("Calendar file"),
        required=False,
        help_text=_("An .ics file, as calendars export it; at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    cop = forms.ModelChoiceField(
        label=_("Host community"), queryset=CommunityOfPractice.objects.none()
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.REGULAR)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = CommunityOfPractice.objects.run_by(user).select_related("country").order_by("name")
        self.fields["cop"].queryset = own  # type: ignore[attr-defined]
        self.fields["cop"].initial = own.filter(country=user.person.country).first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and file.size > MAX_CHARACTERS:
            self.add_error("file", _("This file is larger than 1 MB."))
        elif file:
            text = file.read().decode("utf-8-sig", "replace").replace("\x00", "")
            cleaned["text"] = text
        elif not cleaned.get("text") and "file" not in self.errors:
            self.add_error("file", _("Choose a calendar file."))
        return cleaned
