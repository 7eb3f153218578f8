"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from feedback.reviews.domain.answers import MAX_COMMENT
from feedback.reviews.enums import Choice
from feedback.reviews.forms.rounds import DueDayForm
from feedback.validation.consensus import Rule
from feedback.validation.domain.waves.waves import Answer

MOST_WAVES = 6


class WaveForm(DueDayForm):
    """Which criteria are asked again, until when, and by which rule asking ends."""

    criteria = forms.TypedMultipleChoiceField(
        label=_("Ask again"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    consensus = forms.IntegerField(
        label=_("Agreed when so many of 100 stand on one side"),
        min_value=51,
        max_value=100,
        initial=Rule.consensus,
    )
    stable = forms.IntegerField(
        label=_("Settled when at most so many of 100 answers changed"),
        min_value=0,
        max_value=50,
        initial=Rule.stable,
    )
    most = forms.IntegerField(
        label=_("Waves at most, the reviews counted"),
        min_value=2,
        max_value=MOST_WAVES,
        initial=Rule.most,
    )

    def __init__(
        self,
        *args: Any,
        criteria: Iterable[tuple[int, str, bool]],
        rule: Rule | None,
        **kwargs: Any,
    ) -> None:
        """`criteria` are (key, words, whether it is ticked); `rule` is one that is set already."""
        super().__init__(*args, **kwargs)
        rows = list(criteria)
        field = self.fields["criteria"]
        field.choices = [(key, words) for key, words, _ticked in rows]  # type: ignore[attr-defined]
        field.initial = [key for key, _words, ticked in rows if ticked]
        if rule is not None:
            for name in ("consensus", "stable", "most"):
                self.fields[name].initial = getattr(rule, name)
                self.fields[name].disabled = True

    def rule(self) -> Rule:
        """The rule as the domain takes it."""
        given = self.cleaned_data
        return Rule(given["consensus"], given["stable"], given["most"])


class AnswerForm(forms.Form):
    """What is said to the criteria of a wave; one that is left empty is not answered."""

    def __init__(self, *args: Any, criteria: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = []
        scores = [*((c.value, c.label) for c in Choice)]
        for key, code in criteria:
            self.keys.append(key)
            self.fields[f"c{key}-score"] = forms.ChoiceField(
                label=code, choices=scores, required=False
            )
            self.fields[f"c{key}-comment"] = TextFormField(
                label=code, limit=MAX_COMMENT, required=False
            )

    def answers(self) -> dict[int, Answer]:
        """The answers given, by the key of their criterion."""
        found = {}
        for key in self.keys:
            score, comment = (
                self.cleaned_data[f"c{key}-score"],
                self.cleaned_data[f"c{key}-comment"],
            )
            if score:
                value = None if score == Choice.NOT_APPLICABLE else int(score)
                found[key] = Answer(value, comment)
        return found

    def typed(self) -> dict[int, tuple[str, str]]:
        """What was typed, for showing it again."""
        return {
            key: (self.data.get(f"c{key}-score", ""), self.data.get(f"c{key}-comment", ""))
            for key in self.keys
        }
