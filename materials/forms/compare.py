"""Which two versions are compared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from materials.models import Version


class CompareForm(forms.Form):
    """Two of the versions that the reader may open, by their numbers."""

    old = forms.TypedChoiceField(label=gettext_lazy("Before"), coerce=int)
    new = forms.TypedChoiceField(label=gettext_lazy("After"), coerce=int)

    def __init__(self, *args: Any, versions: list[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {version.number: version for version in versions}
        choices = [
            (
                version.number,
                _("Version %(number)d, %(language)s")
                % {"number": version.number, "language": version.get_language_display()},
            )
            for version in versions
        ]
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = choices
            field.error_messages["invalid_choice"] = _("Choose a version that you may open.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("old") is not None and cleaned.get("old") == cleaned.get("new"):
            self.add_error("new", _("Choose two different versions."))
        return cleaned

    def chosen(self) -> tuple[Version, Version]:
        """The two versions of a valid form."""
        return self.versions[self.cleaned_data["old"]], self.versions[self.cleaned_data["new"]]
