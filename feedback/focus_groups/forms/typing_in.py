"""One sheet of paper: a key for each scale, a line for words, Enter saves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import validate_day
from feedback.focus_groups.domain.easy import answering
from feedback.focus_groups.domain.easy.typing_in import Sheet
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyForm, EasyQuestion

_KEYS = {"inputmode": "numeric", "autocomplete": "off", "class": "easy-key"}


class SheetForm(forms.Form):
    """The answers of a sheet; language and day stay for the next one."""

    language = forms.ChoiceField(label=_("Language"))
    day = forms.DateField(
        label=_("Filled in on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )
    may_quote = forms.BooleanField(label=_("The words may be printed"), required=False)
    secret = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(
        self,
        data: Any = None,
        *,
        form: EasyForm,
        questions: Sequence[EasyQuestion],
        language: str,
        day: date,
    ) -> None:
        initial = {"language": language, "day": day, "secret": answering.new_secret(form)}
        super().__init__(data, initial=initial)
        names = dict(settings.PROJECT_LANGUAGES)
        spoken: Any = self.fields["language"]
        spoken.choices = [(code, names[code]) for code in form.languages]
        self.questions = questions
        for number, question in enumerate(questions, start=1):
            self.fields[_name(question)] = _field(question, number)
        first = next(iter(questions), None)
        if first:
            self.fields[_name(first)].widget.attrs["autofocus"] = True

    @property
    def lines(self) -> list[forms.BoundField]:
        """The fields of the questions, in their order."""
        return [self[_name(question)] for question in self.questions]

    @property
    def sheet(self) -> Sheet:
        said = {row.pk: self.cleaned_data[_name(row)] for row in self.questions}
        words = {row.pk for row in self.questions if row.kind == AnswerKind.WORDS}
        return Sheet(
            language=self.cleaned_data["language"],
            day=self.cleaned_data["day"],
            values={key: value for key, value in said.items() if key not in words and value},
            words={key: text for key, text in said.items() if key in words and text},
            may_quote=self.cleaned_data["may_quote"],
        )


def _name(question: EasyQuestion) -> str:
    return f"answer_{question.pk}"


def _field(question: EasyQuestion, number: int) -> forms.Field:
    label = _now("%(n)d. %(question)s") % {"n": number, "question": question.said("en")}
    if question.kind == AnswerKind.WORDS:
        return LineFormField(
            label=label,
            limit=answering.LONGEST,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        )
    highest = answering.SCALES[AnswerKind(question.kind)]
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=highest,
        required=False,
        widget=forms.TextInput(attrs=_KEYS),
        help_text=_now("1 to %(n)d, empty if nothing is crossed") % {"n": highest},
    )
