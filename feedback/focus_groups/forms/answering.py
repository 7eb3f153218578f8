"""What a guest sends for one question, with sentences in the guest's own language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cop_platform.common import sounds
from cop_platform.common.sounds import HeardSound
from cop_platform.common.text import TextFormField
from feedback.focus_groups.domain.easy import answering
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyQuestion, FormAnswer


class GuestTextField(TextFormField):
    """Several lines; what is wrong with them is said in the guest's words."""

    def __init__(self, *, guest: Words, limit: int) -> None:
        super().__init__(limit=limit, required=False)
        self.guest = guest

    def to_python(self, value: Any) -> str:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "too_long":
                raise ValidationError(self.guest["unusable"], code=error.code) from error
            said = self.guest.say("too_long", length=len(value.strip()), limit=self.limit)
            raise ValidationError(said, code=error.code) from error


class AnswerForm(forms.Form):
    """A value of the question's scale, or words and a voice message; `given` is the answer so
    far. A hidden number says which question was on the page: the form may have changed since.
    """

    question = forms.IntegerField(required=False)
    value = forms.IntegerField(required=False)
    voice = forms.FileField(required=False, allow_empty_file=True)

    def __init__(
        self, *args: Any, asked: EasyQuestion, guest: Words, given: FormAnswer | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.guest, self.given = asked, guest, given
        self.fields["words"] = GuestTextField(guest=guest, limit=answering.LONGEST)

    @property
    def deed(self) -> str:
        """Which button was pressed: "skip", "drop_voice", or "" for an answer."""
        return str(self.data.get("deed", ""))

    def clean_voice(self) -> HeardSound | None:
        upload = self.cleaned_data["voice"]
        if upload is None or self.asked.kind != AnswerKind.WORDS:
            return None
        if (upload.size or 0) > sounds.SPOKEN_LIMIT:
            raise ValidationError(self.guest["sound_too_big"])
        try:
            return sounds.accept(upload)
        except sounds.NotASound as error:
            raise ValidationError(self.guest["not_a_sound"]) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("question") != self.asked.pk:
            # Nothing else of the page is about the question that stands here now.
            self._errors = forms.utils.ErrorDict()
            raise ValidationError(self.guest["question_changed"])
        if self.deed:
            self._errors = forms.utils.ErrorDict()
        elif self.asked.kind != AnswerKind.WORDS:
            self._clean_value(cleaned)
        elif not self.errors and not self._says_something(cleaned):
            raise ValidationError(self.guest["nothing_said"])
        return cleaned

    def _clean_value(self, cleaned: dict[str, Any]) -> None:
        # Text beside a scale is nobody's answer.
        self._errors = forms.utils.ErrorDict()
        scale = range(1, answering.SCALES[AnswerKind(self.asked.kind)] + 1)
        if cleaned.get("value") not in scale:
            raise ValidationError(self.guest["wrong_choice"])

    def _says_something(self, cleaned: dict[str, Any]) -> bool:
        has_voice = bool(self.given and self.given.file)
        return bool(cleaned.get("words") or cleaned.get("voice") or has_voice)

    def said(self) -> dict[str, Any]:
        """The answer, as the domain takes it."""
        if self.asked.kind != AnswerKind.WORDS:
            return {"value": self.cleaned_data["value"]}
        return {"words": self.cleaned_data["words"], "sound": self.cleaned_data["voice"]}

    def problems(self) -> list[str]:
        """What is wrong, as sentences; the page has one place for them."""
        return [str(text) for texts in self.errors.values() for text in texts]

    def typed(self) -> str:
        """The words in the box: as they were sent, else as they were kept."""
        if self.is_bound and "words" in self.data:
            return str(self.data["words"])
        return self.given.words if self.given else ""
