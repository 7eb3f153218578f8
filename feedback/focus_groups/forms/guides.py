"""Forms of guides: name and voice, a question, the words of one language, a referral card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from feedback.focus_groups.domain.guides import guide_questions
from feedback.focus_groups.domain.language_names import direction
from feedback.focus_groups.enums import Voice
from feedback.focus_groups.models import Guide, GuideQuestion, ReferralCard

MAX_QUESTION = 300
MAX_CARD = 1500
WORDS = "words_"


class GuideForm(forms.Form):
    """What a guide is called and whom it asks."""

    name = LineFormField(label=_("Name"))
    voice = forms.ChoiceField(label=_("For whom"), choices=Voice.choices)

    @classmethod
    def of(cls, guide: Guide | None, data: Any = None) -> GuideForm:
        initial = {"name": guide.name, "voice": guide.voice} if guide else {}
        return cls(data, initial=initial)


class QuestionForm(forms.Form):
    """A question in English and the minutes planned for it."""

    text = LineFormField(
        label=_("Question, in English"),
        limit=MAX_QUESTION,
        help_text=_("One thing only, in words that a reader at A2 knows."),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=120, initial=5)

    @classmethod
    def of(cls, question: GuideQuestion | None, data: Any = None) -> QuestionForm:
        if question is None:
            return cls(data)
        return cls(data, initial={"text": question.said("en"), "minutes": question.minutes})


class LanguageForm(forms.Form):
    """A language handed on in an address; anything else is refused."""

    language = forms.ChoiceField()

    def __init__(self, data: Any, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        field: Any = self.fields["language"]
        field.choices = choices


class GuideWordsForm(forms.Form):
    """The questions of a guide in one language; an empty line is a gap."""

    def __init__(
        self, data: Any, *, questions: Sequence[GuideQuestion], language: str, is_frozen: bool
    ) -> None:
        super().__init__(data)
        for n, question in enumerate(questions, start=1):
            words = question.texts.get(language, "")
            attrs = {"dir": direction(language), "lang": language}
            field = LineFormField(
                label=f"{n}. {question.said(guide_questions.ORIGINAL)}",
                limit=MAX_QUESTION,
                required=False,
                initial=words,
                widget=forms.TextInput(attrs=attrs),
            )
            if words and is_frozen:
                # It was read to people: the stored words hold, whatever is sent.
                field.disabled = True
            self.fields[f"{WORDS}{question.pk}"] = field

    def texts(self) -> dict[int, str]:
        """The cleaned words by the question's key."""
        return {int(name.removeprefix(WORDS)): text for name, text in self.cleaned_data.items()}


class ReferralCardForm(forms.Form):
    """Where people find help, in every language of the project."""

    def __init__(self, data: Any, *, card: ReferralCard, languages: Sequence[tuple[str, str]]):
        super().__init__(data)
        for code, name in languages:
            self.fields[f"{WORDS}{code}"] = TextFormField(
                label=name,
                limit=MAX_CARD,
                required=False,
                initial=card.texts.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 5, "dir": direction(code), "lang": code}),
            )
        self.fields["phone"] = LineFormField(
            label=_("Telephone"), limit=60, required=False, initial=card.phone
        )
        self.fields["note"] = TextFormField(
            label=_("For the facilitator"),
            limit=MAX_CARD,
            required=False,
            initial=card.note,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Is not printed."),
        )

    @property
    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(WORDS)]

    def texts(self) -> dict[str, str]:
        return {
            name.removeprefix(WORDS): text
            for name, text in self.cleaned_data.items()
            if name.startswith(WORDS)
        }
