"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from feedback.reviews.domain import scales
from feedback.reviews.domain.answers import MAX_COMMENT, MAX_REASON
from feedback.reviews.enums import Choice, Confidence
from feedback.reviews.models import Criterion

_NOT_OFFERED = {"invalid_choice": _("“%(value)s” is none of the answers that are offered.")}


class DraftForm(forms.Form):
    """What is typed at the desk. Nothing is required: a draft may be as unfinished as it likes.

    A field that cannot be stored has an error and is left out of `typed()`; all others are kept.
    """

    revision = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    writer = LineFormField(limit=40, required=False)

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            name = f"c{criterion.pk}"
            self.fields[f"{name}-score"] = forms.ChoiceField(
                label=criterion.code,
                choices=_scores(criterion),
                required=False,
                error_messages=_NOT_OFFERED,
            )
            self.fields[f"{name}-comment"] = TextFormField(
                label=criterion.code, limit=MAX_COMMENT, required=False
            )
            self.fields[f"{name}-suggestion"] = TextFormField(
                label=criterion.code, limit=MAX_COMMENT, required=False
            )
            self.fields[f"{name}-confidence"] = forms.ChoiceField(
                label=criterion.code,
                choices=Confidence.choices,
                required=False,
                error_messages=_NOT_OFFERED,
            )
            self.fields[f"{name}-reason"] = LineFormField(
                label=criterion.code, limit=MAX_REASON, required=False
            )

    def typed(self) -> dict[str, dict[str, str]]:
        """The fields that came along and can be stored, by criterion's key."""
        return self._by_criterion(self.cleaned_data)

    def raw(self) -> dict[str, dict[str, str]]:
        """The same as it was typed, for showing it again."""
        return self._by_criterion(self.data)

    def sentences(self) -> dict[str, str]:
        """The first error of each field, by the field's name."""
        return {name: str(errors[0]) for name, errors in self.errors.items()}

    def _by_criterion(self, source: Any) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name in self.fields:
            key, _dash, field = name.partition("-")
            if field and name in self.data and name in source:
                found.setdefault(key[1:], {})[field] = source[name]
        return found


def _scores(criterion: Criterion) -> list[tuple[str, str]]:
    """What may be ticked: the steps of the criterion's kind, and that it does not apply."""
    found = list(scales.choices(criterion))
    return [*found, (Choice.NOT_APPLICABLE.value, str(Choice.NOT_APPLICABLE.label))]
