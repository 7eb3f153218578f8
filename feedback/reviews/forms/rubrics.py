"""Forms of rubrics: a rubric, one criterion, and the choice of a rubric for a round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from feedback.reviews.domain import rubrics, scales
from feedback.reviews.enums import CriterionKind
from feedback.reviews.models import Criterion, Rubric
from materials.enums import MaterialAudience, MaterialType

MAX_GUIDANCE = 2_000
MAX_QUESTION = 300
MAX_WEIGHT = 9
MAX_WORD = 30


class RubricForm(forms.Form):
    """What a rubric is called and what it is for."""

    name = LineFormField(label=_("Name"))
    material_type = forms.ChoiceField(
        label=_("Proposed for materials of the type"),
        choices=[("", _("All types")), *MaterialType.choices],
        required=False,
    )
    audience = forms.ChoiceField(
        label=_("Proposed for materials written for"),
        choices=[("", _("All readers")), *MaterialAudience.choices],
        required=False,
    )
    guidance = TextFormField(
        label=_("What reviewers read first"), limit=MAX_GUIDANCE, required=False
    )

    @classmethod
    def of(cls, rubric: Rubric | None, data: Any = None) -> RubricForm:
        names = ("name", "material_type", "audience", "guidance")
        initial = {name: getattr(rubric, name) for name in names} if rubric else {}
        return cls(data, initial=initial)


class CriterionForm(forms.Form):
    """One criterion: the question, how it is answered, how much it counts."""

    text = LineFormField(
        label=_("Criterion"),
        limit=MAX_QUESTION,
        help_text=_("One thing only: a sentence that is true or not."),
    )
    kind = forms.ChoiceField(label=_("Answer"), choices=CriterionKind.choices)
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=0,
        max_value=MAX_WEIGHT,
        initial=1,
        help_text=_("Counts in the weighted mean of scales of 1 to 4; 0 leaves it out."),
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)
    anchors = TextFormField(
        label=_("Words of the scale"),
        required=False,
        help_text=_("The lowest first, one in a line. Left empty: the usual words."),
    )

    @classmethod
    def of(cls, criterion: Criterion | None, data: Any = None) -> CriterionForm:
        if criterion is None:
            return cls(data)
        names = ("text", "kind", "weight", "is_required")
        initial = {name: getattr(criterion, name) for name in names}
        return cls(data, initial=initial | {"anchors": "\n".join(criterion.anchors)})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines = [" ".join(line.split()) for line in cleaned.get("anchors", "").splitlines()]
        words = [line for line in lines if line]
        wanted = scales.size(cleaned.get("kind") or CriterionKind.RELEVANCE)
        if words and not wanted:
            self.add_error("anchors", _now("Free text has no scale; leave this empty."))
        elif words and len(words) != wanted:
            text = _now("This scale has %(n)d steps: give a word for each, or none.")
            self.add_error("anchors", text % {"n": wanted})
        elif any(len(word) > MAX_WORD for word in words):
            text = _now("A word of the scale has up to %(n)d characters.")
            self.add_error("anchors", text % {"n": MAX_WORD})
        return cleaned | {"anchors": words}


def said(field: forms.BoundField) -> str:
    """What a field holds, as people read it: the word of a choice, yes or no of a tick."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _now("yes") if value not in {None, False, "", "false", "False"} else _now("no")
    if isinstance(field.field, forms.ChoiceField):
        words: dict[Any, Any] = dict(field.field.choices)  # type: ignore[arg-type]
        return str(words.get(value, value))
    return "" if value is None else str(value)


def rubric_field() -> forms.ModelChoiceField:
    """The choice of a rubric in the form of a round; left empty, the best fitting is taken."""
    return RubricChoice(
        label=_("Rubric"),
        queryset=Rubric.objects.none(),
        required=False,
        empty_label=_("The one that fits the material best"),
    )


class RubricChoice(forms.ModelChoiceField):
    """Rubrics in use, each by its name and revision."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Asked anew for each form: Django clones the field with this queryset.
        self.queryset = rubrics.in_use()

    def label_from_instance(self, rubric: Any) -> str:
        return _now("%(name)s, revision %(n)d") % {"name": rubric.name, "n": rubric.revision}
