"""What is typed about the project's words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from materials.domain.glossary import Word
from materials.models import GlossaryTerm


class GlossaryFilterForm(forms.Form):
    """What the list of words is narrowed to; anything else is refused."""

    q = LineFormField(label=_("Search"), required=False, limit=100)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.PROJECT_LANGUAGES],
        required=False,
    )


class TermForm(forms.Form):
    """A term: where it comes from, and for each language a word and its meaning."""

    edition = forms.IntegerField(
        required=False, min_value=1, max_value=10**6, widget=forms.HiddenInput
    )
    source = LineFormField(
        label=_("Source"), required=False, help_text=_("Where the meaning is taken from.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.PROJECT_LANGUAGES:
            lang = {"lang": code, "dir": "auto"}
            self.fields[f"word_{code}"] = LineFormField(
                label=_("Word: %(language)s") % {"language": name},
                required=False,
                limit=100,
                widget=forms.TextInput(attrs=lang),
            )
            self.fields[f"definition_{code}"] = TextFormField(
                label=_("Meaning: %(language)s") % {"language": name},
                required=False,
                limit=2000,
                widget=forms.Textarea(attrs=lang | {"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code, _name in settings.PROJECT_LANGUAGES:
            if cleaned.get(f"definition_{code}") and cleaned.get(f"word_{code}") == "":
                self.add_error(f"word_{code}", _("Which word has this meaning?"))
        return cleaned

    def words(self) -> list[Word]:
        data = self.cleaned_data
        return [
            Word(code, data[f"word_{code}"], data[f"definition_{code}"])
            for code, _name in settings.PROJECT_LANGUAGES
            if data[f"word_{code}"]
        ]

    def rows(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Language, word and meaning, for the page."""
        return [
            (name, self[f"word_{code}"], self[f"definition_{code}"])
            for code, name in settings.PROJECT_LANGUAGES
        ]


def initial_of(term: GlossaryTerm) -> dict[str, Any]:
    """A stored term as the form shows it."""
    values: dict[str, Any] = {"edition": term.edition, "source": term.source}
    for word in term.words.all():
        values[f"word_{word.language}"] = word.word
        values[f"definition_{word.language}"] = word.definition
    return values
