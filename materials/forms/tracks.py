"""The words of a film, as a file or typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.text import TextFormField
from materials.enums import TrackKind

MOST_LETTERS = 200_000


class TrackForm(forms.Form):
    """Captions or a transcript in one language."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=TrackKind.choices)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=lambda: settings.PROJECT_LANGUAGES
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("WebVTT (.vtt) for captions; a transcript may be plain text."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.txt"}),
    )
    text = TextFormField(
        label=gettext_lazy("Or type it here"),
        required=False,
        limit=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file"):
            cleaned["text"] = self._read(cleaned["file"])
        elif not cleaned.get("text") and not self.errors:
            self.add_error("text", _("Choose a file, or type the text."))
        return cleaned

    def _read(self, file: Any) -> str:
        """The words of the file, made harmless as typed ones are."""
        field = self.fields["text"]
        try:
            if file.size > 4 * MOST_LETTERS:
                raise forms.ValidationError(_("This file is too large for a text."))
            text: str = field.clean(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", _("This file is not a text in UTF-8."))
        except forms.ValidationError as error:
            self.add_error("file", error)
        else:
            return text
        return ""
