"""A table of ratings that somebody brings along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.validation.domain.outcome import rating_files
from feedback.validation.domain.outcome.rating_files import MAX_BYTES, Unreadable
from feedback.validation.figures import Level, Scale

_LEVELS = [
    (Level.NOMINAL.value, gettext_lazy("Names only: different is different")),
    (Level.ORDINAL.value, gettext_lazy("An order: 1 below 2 below 3")),
    (Level.INTERVAL.value, gettext_lazy("Equal steps: from 1 to 2 is as far as from 3 to 4")),
    (Level.RATIO.value, gettext_lazy("Equal steps from a true zero: 4 is twice 2")),
]


class FiguresForm(forms.Form):
    """A file or pasted text; `ratings`, `scale` and `level` when clean."""

    file = forms.FileField(
        label=gettext_lazy("Drop a CSV file here, or choose it"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the table"),
        required=False,
        # A table may begin with an empty cell.
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "figures-text"}),
    )
    scale = forms.CharField(
        label=gettext_lazy("Scale"),
        initial="1-4",
        max_length=20,
        help_text=gettext_lazy("Lowest and highest rating, like 1-4."),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("What the numbers mean"),
        choices=_LEVELS,
        initial=Level.ORDINAL.value,
        help_text=gettext_lazy("Chooses how AC2 weighs ratings that are near each other."),
    )

    def clean_scale(self) -> Scale | None:
        try:
            return rating_files.parse_scale(self.cleaned_data["scale"])
        except Unreadable as error:
            self.add_error("scale", str(error))
            return None

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        field = "file" if cleaned.get("file") else "text"
        scale = cleaned.get("scale")
        try:
            text = self._read(cleaned)
            if text is not None and scale is not None:
                cleaned["ratings"] = rating_files.parse(text, scale)
        except Unreadable as error:
            self.add_error(field, str(error))
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> str | None:
        """The text of the file, else what was pasted; None where that field is wrong already."""
        if cleaned.get("file"):
            text = rating_files.decode(cleaned["file"].read(MAX_BYTES + 1))
            self._keep(text)
            return text
        if {"file", "text"} & set(self.errors):
            return None
        pasted: str = cleaned.get("text") or ""
        if not pasted.strip():
            raise Unreadable(_("Choose a file or paste a table."))
        return pasted

    def _keep(self, text: str) -> None:
        """Puts a file's text into the field: it can be mended there, and sent once more."""
        self.data = dict(self.data.items()) | {"text": text}
