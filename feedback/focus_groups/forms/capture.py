"""A line as a device or a page sends it, cleaned; whether it may be noted is the domain's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.text import LineFormField, TextFormField
from feedback.focus_groups.domain.capturing.capture import MAX_WORDS, Line
from feedback.focus_groups.models import FocusGroup

LANGUAGES = settings.PROJECT_LANGUAGES
_BIGGEST = 2**31 - 1
# What stays from one line to the next: who speaks changes, who interprets does not.
REMEMBERED = ("question", "language", "rendering_language", "interpreter")


class RevisionForm(forms.Form):
    """The last state of a line that is known."""

    revision = forms.IntegerField(
        required=False, min_value=0, max_value=_BIGGEST, widget=forms.HiddenInput
    )

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0


class KeyForm(RevisionForm):
    """Which line is meant, and its last known state."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def sentence(self) -> str:
        """The first thing that is wrong, for whoever wrote the line."""
        for name, errors in self.errors.items():
            if name not in {"client_key", "revision"}:
                return str(errors[0])
        return _("This line came along incomplete and could not be kept.")


class LineForm(KeyForm):
    """What was said, by whom, to which question of this group's guide."""

    question = forms.TypedChoiceField(
        label=gettext_lazy("Question"), required=False, coerce=int, empty_value=None
    )
    participant = forms.TypedChoiceField(
        label=gettext_lazy("Who spoke"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the codes of this group.")},
    )
    words = TextFormField(label=gettext_lazy("What was said"), limit=MAX_WORDS, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    rendering = TextFormField(
        label=gettext_lazy("As the interpreter said it"), limit=MAX_WORDS, required=False
    )
    rendering_language = forms.ChoiceField(
        label=gettext_lazy("Language of the interpreter's words"), required=False
    )
    interpreter = forms.TypedChoiceField(
        label=gettext_lazy("Interpreter"), required=False, coerce=int, empty_value=None
    )
    is_back_checked = forms.BooleanField(
        label=gettext_lazy("Checked back with the speaker"), required=False
    )
    nonverbal = LineFormField(label=gettext_lazy("What was seen"), required=False)

    def __init__(self, *args: Any, group: FocusGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = set(group.languages)
        near = [pair for pair in LANGUAGES if pair[0] in spoken]
        far = [pair for pair in LANGUAGES if pair[0] not in spoken]
        languages = [*near, *far]
        self._choose("language", languages)
        self._choose("rendering_language", [("", "-"), *languages])
        questions = [(row.pk, str(row)) for row in group.guide.questions.all()]
        self._choose("question", [*questions, ("", _("Besides the questions"))])
        codes = group.participants.values_list("pk", "code")
        self._choose("participant", [*codes, ("", _("The group"))])
        self._choose(
            "interpreter", [("", "-"), *((row.pk, row.label) for row in group.interpreters.all())]
        )
        first = languages[0][0]
        fresh: dict[str, Any] = {"client_key": uuid4(), "revision": 0, "language": first}
        self.initial = {**fresh, **self.initial}

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if {"words", "rendering", "nonverbal"} <= typed.keys():
            said = typed["words"] or typed["rendering"]
            if not said and not typed["nonverbal"]:
                self.add_error("words", _("Write down what was said, or what was seen."))
        if typed.get("rendering") and not typed.get("rendering_language"):
            self.add_error(
                "rendering_language", _("Choose the language in which the interpreter spoke.")
            )
        return typed

    def line(self) -> Line:
        """What was typed, of a valid form."""
        typed = self.cleaned_data
        return Line(
            question_id=typed["question"],
            participant_id=typed["participant"],
            words=typed["words"],
            language=typed["language"],
            rendering=typed["rendering"],
            rendering_language=typed["rendering_language"] if typed["rendering"] else "",
            interpreter_id=typed["interpreter"] if typed["rendering"] else None,
            is_back_checked=typed["is_back_checked"] and bool(typed["rendering"]),
            nonverbal=typed["nonverbal"],
        )
