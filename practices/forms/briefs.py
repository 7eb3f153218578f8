"""What is typed about a brief."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from practices.domain.briefs import sources
from practices.domain.briefs.making import Said
from practices.domain.briefs.sources import Suggestion
from practices.enums import BriefAudience
from practices.forms.ideas import RevisionForm
from practices.models import Brief

_SHOWN = 140


class BriefForm(forms.Form):
    """A new brief: for whom, and of which suggestions."""

    title = LineFormField(label=_("Title"))
    audiences = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=BriefAudience.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each gets a brief of its own, so that you can say it in their words."),
        error_messages={"required": _("Choose at least one audience.")},
    )
    intro = TextFormField(
        label=_("In three sentences"),
        required=False,
        limit=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refs = forms.MultipleChoiceField(
        label=_("Suggestions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one suggestion.")},
    )

    def __init__(self, data: Any = None, *, offered: Iterable[Suggestion]) -> None:
        super().__init__(data)
        self.fields["refs"].choices = [  # type: ignore[attr-defined]
            (item.ref, _said(item)) for item in offered
        ]


class BriefEditForm(RevisionForm):
    """A brief as it stands: a theme and words for each of its lines."""

    title = LineFormField(label=_("Title"))
    intro = TextFormField(
        label=_("In three sentences"),
        required=False,
        limit=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, brief: Brief) -> None:
        start = {"revision": brief.revision, "title": brief.title, "intro": brief.intro}
        super().__init__(data, initial=start)
        self._lines = list(brief.lines.all())
        for line in self._lines:
            self.fields[f"theme_{line.pk}"] = LineFormField(
                label=_("Theme"), required=False, initial=line.theme
            )
            self.fields[f"text_{line.pk}"] = TextFormField(
                label=_("What we suggest"),
                required=False,
                limit=2000,
                initial=line.text,
                help_text=_("Empty: the line is left out."),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Key, theme and words of each line, for the page."""
        return [
            (line.pk, self[f"theme_{line.pk}"], self[f"text_{line.pk}"]) for line in self._lines
        ]

    def said(self) -> dict[int, Said]:
        """What was typed for each line, of a form that is valid."""
        data = self.cleaned_data
        return {
            line.pk: Said(data[f"theme_{line.pk}"], data[f"text_{line.pk}"]) for line in self._lines
        }


def _said(item: Suggestion) -> str:
    text = item.text if len(item.text) <= _SHOWN else f"{item.text[:_SHOWN]}…"
    return f"{text} ({', '.join(filter(None, [sources.label(item.kind), item.country]))})"
