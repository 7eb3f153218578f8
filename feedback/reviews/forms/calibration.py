"""Rating the sample of a rubric, and writing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from feedback.reviews.domain import scales
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import CalibrationSample, Criterion

MAX_SAMPLE = 3_000
MAX_WHY = 500


class SampleForm(forms.Form):
    """A score for each criterion that the sample is rated by."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[f"c{criterion.pk}"] = forms.ChoiceField(
                label=f"{criterion.code} {criterion.text}",
                choices=scales.choices(criterion),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one, or pass the sample over.")},
            )

    def scores(self) -> dict[str, str]:
        """The scores by the criterion's key."""
        return {name[1:]: score for name, score in self.cleaned_data.items()}


class SampleEditForm(forms.Form):
    """The sample's text, and for each criterion what the team says; empty ones are not asked."""

    title = LineFormField(label=_("Title"))
    text = TextFormField(
        label=_("Text to rate"),
        limit=MAX_SAMPLE,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("A page that is neither good nor bad, so that there is something to see."),
    )

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [c for c in criteria if c.kind != CriterionKind.TEXT]
        for criterion in self.criteria:
            said = {"code": criterion.code, "text": criterion.text}
            self.fields[f"c{criterion.pk}-score"] = forms.ChoiceField(
                label=_now("%(code)s: %(text)s") % said,
                choices=[("", _("Not asked")), *scales.choices(criterion)],
                required=False,
            )
            self.fields[f"c{criterion.pk}-why"] = LineFormField(
                label=_now("Why the team says so (%(code)s)") % said, limit=MAX_WHY, required=False
            )

    @classmethod
    def of(
        cls, sample: CalibrationSample | None, criteria: Iterable[Criterion], data: Any = None
    ) -> SampleEditForm:
        initial: dict[str, str] = {}
        if sample:
            initial = {"title": sample.title, "text": sample.text}
            for key, said in sample.expected.items():
                initial |= {f"c{key}-{name}": value for name, value in said.items()}
        return cls(data, criteria=criteria, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        scored = [c for c in self.criteria if cleaned.get(f"c{c.pk}-score")]
        for criterion in scored:
            if not cleaned.get(f"c{criterion.pk}-why"):
                self.add_error(f"c{criterion.pk}-why", _now("Say why; that is what is learned."))
        if not scored:
            self.add_error(None, _now("Say for one criterion at least what the team answers."))
        return cleaned

    def expected(self) -> dict[str, dict[str, str]]:
        """What the team says, by the criterion's key."""
        said = self.cleaned_data
        return {
            str(c.pk): {"score": said[f"c{c.pk}-score"], "why": said[f"c{c.pk}-why"]}
            for c in self.criteria
            if said.get(f"c{c.pk}-score")
        }
