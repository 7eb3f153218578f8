"""What a window sends of a remark, cleaned; whether it fits the version is the domain's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cop_platform.common.text import TextFormField
from feedback.reviews.domain.annotations import (
    MAX_CONTEXT,
    MAX_QUOTE,
    MOST_PAGES,
    Remark,
    Spot,
)
from feedback.reviews.domain.answers import MAX_COMMENT
from feedback.reviews.enums import AnnotationKind, Mark
from feedback.reviews.models import Criterion

MOST_BOXES = 200
_LONGEST = 7 * 24 * 3600.0
# What rounding in the browser may add beyond the edge of a page.
_ROUNDING = 0.001
_OWN_SENTENCES = frozenset({"text", "quote", "boxes"})


class AnnotationKeyForm(forms.Form):
    """Which remark is meant, and the last state of it that the window knows."""

    client_key = forms.UUIDField()
    revision = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0

    def sentence(self) -> str:
        """The first thing that is wrong, in words for whoever wrote the remark."""
        for name, errors in self.errors.items():
            if name in _OWN_SENTENCES:
                return str(errors[0])
        return _("This remark came along incomplete and could not be kept.")


class AnnotationForm(AnnotationKeyForm):
    """A remark and its place."""

    kind = forms.ChoiceField(choices=AnnotationKind.choices)
    mark = forms.ChoiceField(choices=Mark.choices)
    text = TextFormField(limit=MAX_COMMENT, required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)
    quote = TextFormField(limit=MAX_QUOTE, required=False)
    before = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    boxes = forms.JSONField(required=False)
    from_second = forms.FloatField(required=False, min_value=0, max_value=_LONGEST)
    to_second = forms.FloatField(required=False, min_value=0, max_value=_LONGEST)

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not among the fields above: a form has a prefix of its own.
        for name in ("prefix", "suffix"):
            self.fields[name] = TextFormField(limit=MAX_CONTEXT, required=False)
        self.fields["criterion"] = forms.TypedChoiceField(
            choices=[(criterion.pk, criterion.code) for criterion in criteria],
            coerce=int,
            empty_value=None,
            required=False,
        )

    def clean_boxes(self) -> tuple[tuple[float, ...], ...]:
        boxes = self.cleaned_data["boxes"] or []
        if not isinstance(boxes, list) or len(boxes) > MOST_BOXES or not all(map(_is_box, boxes)):
            raise ValidationError(_("The marked place lies outside of the page."))
        return tuple(tuple(float(number) for number in box) for box in boxes)

    def clean(self) -> None:
        begin, end = self.cleaned_data.get("from_second"), self.cleaned_data.get("to_second")
        if end is not None and (begin is None or end < begin):
            raise ValidationError(_("A passage ends after it begins."))

    def spot(self) -> Spot:
        names = ("kind", "page", "quote", "prefix", "suffix", "before", "boxes")
        times = ("from_second", "to_second")
        return Spot(**{name: self.cleaned_data[name] for name in (*names, *times)})

    def remark(self) -> Remark:
        data = self.cleaned_data
        return Remark(mark=data["mark"], text=data["text"], criterion_id=data["criterion"])


def _is_box(box: object) -> bool:
    if not isinstance(box, list) or len(box) != 4:
        return False
    if not all(type(number) in {int, float} and 0 <= number <= 1 for number in box):
        return False
    left, top, width, height = box
    most = 1 + _ROUNDING
    return width > 0 and height > 0 and left + width <= most and top + height <= most
