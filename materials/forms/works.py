"""What is typed about a material and its versions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from experts.fields import CountryField
from materials.domain.tags import LEVELS
from materials.domain.uploads import MaterialFacts, VersionFacts
from materials.enums import BY_EXTENSION, Licence, MaterialAudience, MaterialType, PortfolioPart

_CHOOSE = ("", _("Please choose"))


class VersionForm(forms.Form):
    """A file or a link, in one language."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{e}" for e in BY_EXTENSION)}),
    )
    link = forms.URLField(
        label=_("Or a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("For videos and platforms: the address people open themselves."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[_CHOOSE, *settings.PROJECT_LANGUAGES]
    )
    what_changed = TextFormField(
        label=_("What changed"),
        required=False,
        limit=2000,
        help_text=_("Two sentences for those who read the version before."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file") and cleaned.get("link"):
            self.add_error("link", _("Give a file or a link, not both."))
        elif not cleaned.get("file") and cleaned.get("link") == "" and "file" in cleaned:
            self.add_error("file", _("Choose a file, or give a link."))
        return cleaned

    def say_choose_again(self) -> None:
        """A browser never sends a file back: after any error it must be chosen once more."""
        if self.files.get(self.add_prefix("file")) and self.errors:
            self.add_error("file", _("Please choose the file again; the rest is kept."))

    def version_facts(self) -> VersionFacts:
        data = self.cleaned_data
        return VersionFacts(
            language=data["language"],
            file=data["file"],
            link=data["link"],
            what_changed=data["what_changed"],
        )


class MaterialForm(VersionForm):
    """A new material with its first version."""

    field_order = ["title", "type", "audience", "summary", "licence", "code"]

    title = LineFormField(label=_("Title"))
    type = forms.ChoiceField(label=_("Type"), choices=[_CHOOSE, *MaterialType.choices])
    audience = forms.ChoiceField(
        label=_("Written for"), choices=[_CHOOSE, *MaterialAudience.choices]
    )
    licence = forms.ChoiceField(
        label=_("Licence"), choices=Licence.choices, initial=Licence.CC_BY_SA
    )
    code = LineFormField(
        label=_("Code"),
        required=False,
        limit=10,
        help_text=_("Leave it empty and the next number is given, like M13."),
    )
    summary = TextFormField(
        label=_("Summary"),
        required=False,
        limit=2000,
        help_text=_("What it helps with, in two or three sentences."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The first version changes nothing yet.
        del self.fields["what_changed"]

    def material_facts(self) -> MaterialFacts:
        names = ("title", "type", "audience", "licence", "code", "summary")
        return MaterialFacts(**{name: self.cleaned_data[name] for name in names})

    def version_facts(self) -> VersionFacts:
        data = self.cleaned_data
        return VersionFacts(language=data["language"], file=data["file"], link=data["link"])


class MaterialFilterForm(forms.Form):
    """What a list of materials is narrowed to; anything else is refused."""

    q = LineFormField(label=_("Search"), required=False)
    type = forms.ChoiceField(
        label=_("Type"), choices=[("", _("All types")), *MaterialType.choices], required=False
    )
    audience = forms.ChoiceField(
        label=_("Written for"),
        choices=[("", _("All readers")), *MaterialAudience.choices],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.PROJECT_LANGUAGES],
        required=False,
    )
    country = CountryField()
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), ("released", _("Released")), ("open", _("Not released"))],
        required=False,
    )
    part = forms.ChoiceField(
        label=_("Part of an e-portfolio"),
        choices=[("", _("All parts")), *PortfolioPart.choices],
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[("", _("All levels")), *((level, level) for level in LEVELS)],
        required=False,
    )
    in_more = ("part", "level")
