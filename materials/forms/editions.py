"""What is typed about language editions, errata and the matrix of a material."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from experts import reference
from materials.domain import editions, matrix
from materials.domain.uploads import VersionFacts
from materials.enums import Licence
from materials.forms.works import VersionForm
from materials.models import Material, Version


class NewVersionForm(VersionForm):
    """One more version of a material: the next state of it, a translation, or an erratum."""

    source = forms.ChoiceField(
        label=_("Translation of"),
        required=False,
        help_text=_("For a language edition: the exact version it was translated from."),
    )
    translator = LineFormField(
        label=_("Translator"),
        required=False,
        help_text=_("Printed beside the edition: a person or an office."),
    )
    edition_licence = forms.ChoiceField(
        label=_("Licence of this edition"),
        required=False,
        choices=[("", _("The same as the material")), *Licence.choices],
    )
    is_erratum = forms.BooleanField(
        label=_("This only mends a trivial error"),
        required=False,
        help_text=_(
            "A typing mistake or a broken link. People who are reading the version before are "
            "told, and a coordinator decides whether it changes what is judged."
        ),
    )

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = editions.possible_sources(material)
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = [
            ("", _("No translation: this is an original")),
            *((str(version.pk), _name(version)) for version in sources),
        ]
        self._languages = set(material.versions.values_list("language", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        again = cleaned.get("language") in self._languages
        if again and not cleaned.get("what_changed") and "what_changed" not in self.errors:
            self.add_error(
                "what_changed",
                _("Say in a sentence what changed: those who read the version before ask first."),
            )
        if cleaned.get("translator") and not cleaned.get("source") and "source" not in self.errors:
            self.add_error("source", _("Which version was translated? Choose it, please."))
        return cleaned

    def version_facts(self) -> VersionFacts:
        data = self.cleaned_data
        return replace(
            super().version_facts(),
            source_id=int(data["source"]) if data["source"] else None,
            translator=data["translator"],
            licence=data["edition_licence"],
            is_erratum=data["is_erratum"],
        )


def _name(version: Version) -> str:
    return _("Version %(number)d, %(language)s") % {
        "number": version.number,
        "language": version.get_language_display(),
    }


class MatrixForm(forms.Form):
    """A box for each country and language; a ticked one is needed."""

    cells = forms.MultipleChoiceField(label=_("Needed editions"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cells = self.fields["cells"]
        assert isinstance(cells, forms.MultipleChoiceField)
        cells.choices = [
            (f"{country.pk}-{code}", f"{country.name}: {language}")
            for country in reference.countries()
            for code, language in matrix.LANGUAGES.items()
        ]

    def wanted(self) -> matrix.Wanted:
        pairs = (cell.split("-") for cell in self.cleaned_data["cells"])
        return frozenset((int(country), language) for country, language in pairs)


class ErratumForm(forms.Form):
    """Whether an erratum changes what was judged, and why."""

    is_material = forms.TypedChoiceField(
        label=_("Does it change what was judged?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
    )
    reason = LineFormField(label=_("Reason"))
