"""What is typed about the grant, its words and the logos."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from feedback.reports.domain.funding.keeping import GrantWords
from feedback.reports.domain.funding.pictures import MAX_BYTES
from feedback.reports.enums import MEDIA_TYPES, Licence

_MOST = 3000


def _picture(label: Any, *, required: bool) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(MEDIA_TYPES)}),
        error_messages={"required": _("Choose a file.")},
        help_text=_("PNG, JPEG or SVG, at most 300 kB."),
    )


def _read(form: forms.Form, name: str) -> bytes:
    """What was uploaded, one byte more than is taken at most; b"" where nothing was."""
    given = form.cleaned_data.get(name)
    return given.read(MAX_BYTES + 1) if given else b""


class GrantForm(forms.Form):
    """The grant and the emblem."""

    acronym = LineFormField(label=_("Acronym of the project"), limit=60)
    title = LineFormField(label=_("Title of the project"))
    number = LineFormField(label=_("Grant number"), limit=80)
    authority = LineFormField(
        label=_("Granting authority"), help_text=_("As the agreement names it.")
    )
    result = LineFormField(
        label=_("Result or work package"),
        required=False,
        help_text=_("What the reports belong to, as the application names it."),
    )
    licence = forms.ChoiceField(label=_("Licence of the reports"), choices=Licence.choices)
    emblem = _picture(_("Emblem of the funder"), required=False)
    emblem_words = LineFormField(
        label=_("What the emblem shows, in words"),
        required=False,
        help_text=_("Read out to people who do not see it."),
    )

    def words(self) -> GrantWords:
        given = self.cleaned_data
        return GrantWords(**{name: given[name] for name in GrantWords.__dataclass_fields__})

    def emblem_bytes(self) -> bytes:
        return _read(self, "emblem")

    def say_choose_again(self) -> None:
        """A browser never sends a file back: after any error it must be chosen once more."""
        if self.files.get("emblem") and self.errors and "emblem" not in self.errors:
            self.add_error("emblem", _("Please choose the file again; the rest is kept."))


class FundingTextForm(forms.Form):
    """Both texts in one language; `seen` tells which words they started from."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    statement = TextFormField(
        label=_("Funding statement"), limit=_MOST, widget=forms.Textarea(attrs={"rows": 2})
    )
    disclaimer = TextFormField(
        label=_("Disclaimer"), limit=_MOST, widget=forms.Textarea(attrs={"rows": 6})
    )


class SeenForm(forms.Form):
    """Which words somebody signs."""

    seen = forms.CharField(max_length=64)


class LogoForm(forms.Form):
    """A partner's logo."""

    picture = _picture(_("Logo"), required=True)

    def picture_bytes(self) -> bytes:
        return _read(self, "picture")
