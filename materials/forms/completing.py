"""What people say about a file that has come in already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from materials.domain.uploads import VersionFacts
from materials.forms.editions import NewVersionForm
from materials.forms.works import MaterialForm, VersionForm
from materials.models import Material


class _WithoutFile(VersionForm):
    """The file is there: neither it nor a link is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["file"], self.fields["link"]

    def version_facts(self) -> VersionFacts:
        self.cleaned_data.update(file=None, link="")
        return super().version_facts()

    def incoming_facts(self, key: str) -> VersionFacts:
        """The version's facts, with the uploaded file named by its key."""
        return replace(self.version_facts(), incoming=key)


class IncomingMaterialForm(_WithoutFile, MaterialForm):
    """A new material whose first version has come in."""


class IncomingVersionForm(_WithoutFile, NewVersionForm):
    """A new version of a material, of which the file has come in."""


class WhichMaterialForm(forms.Form):
    """Which of the materials that somebody may edit gets the file."""

    material = forms.ModelChoiceField(
        label=_("Material"), queryset=Material.objects.none(), empty_label=_("Please choose")
    )

    def __init__(self, *args: Any, materials: QuerySet[Material], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"].queryset = materials  # type: ignore[attr-defined]
