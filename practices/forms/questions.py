"""What is typed about one question: the case, its details, an answer, how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import validate_day
from experts.enums import TargetGroup
from experts.models import Person, Topic
from practices.domain.questions.asking import CaseWords
from practices.domain.questions.removing import Mark
from practices.enums import Worked
from practices.models import Answer, Question

_CASE = 6000
_ANSWER = 10_000


class RevisionForm(forms.Form):
    """Knows the state of the row that was looked at."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1, required=False
    )


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TopicField(forms.ModelChoiceField):
    """Topics of all charters, each name once."""

    def __init__(self, **more: Any) -> None:
        super().__init__(Topic.objects.none(), **more)
        self.queryset = Topic.objects.current().order_by("name", "pk").distinct("name")


class CaseForm(RevisionForm):
    """The case, in the order in which a colleague would be told."""

    title = LineFormField(
        label=_("Your question in one sentence"),
        help_text=_("For example: How do you show ten years of work without a certificate?"),
    )
    situation = TextFormField(
        label=_("What is the situation?"),
        limit=_CASE,
        widget=_lines(6),
        help_text=_("Without names, places or dates: say “a woman who sewed for ten years”."),
    )
    tried = TextFormField(
        label=_("What have you tried?"), limit=_CASE, widget=_lines(3), required=False
    )
    wanted = TextFormField(
        label=_("What would help you?"),
        limit=_CASE,
        widget=_lines(2),
        required=False,
        help_text=_("An example, a form, a contact, a way to say it."),
    )
    topic = TopicField(label=_("Topic"), required=False, empty_label=_("None of these"))
    languages = forms.MultipleChoiceField(
        label=_("Languages you can read an answer in"),
        choices=settings.PROJECT_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = forms.MultipleChoiceField(
        label=_("Whom it is about"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, data: Any = None, *, person: Person, question: Question | None = None
    ) -> None:
        initial: dict[str, Any] = {"languages": person.languages or ["en"]}
        if question is not None:
            names = [name for name in self.base_fields if name != "topic"]
            initial = {name: getattr(question, name) for name in names}
            initial["topic"] = question.topic_id
        super().__init__(data, initial=initial)

    def words(self) -> CaseWords:
        """The case of a form that is valid."""
        return CaseWords(
            **{name: self.cleaned_data[name] for name in CaseWords.__dataclass_fields__}
        )


class DetailsForm(RevisionForm):
    """For each mark: what takes its place; the asker has read the whole once more."""

    MASK, KEEP, WRITE = "mask", "keep", "write"

    read = forms.BooleanField(
        label=_("I have read it once more: it tells nobody who it is about"),
        error_messages={"required": _("Read it once more, and say so here.")},
    )

    def __init__(self, data: Any = None, *, marks: Iterable[Mark], revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.marks = list(marks)
        for mark in self.marks:
            self.fields[f"way{mark.number}"] = forms.ChoiceField(
                label=mark.typed,
                choices=[
                    (self.MASK, _("Put %(instead)s in its place") % {"instead": mark.instead}),
                    (self.KEEP, _("Leave it: it tells nobody who it is")),
                    (self.WRITE, _("Write something else")),
                ],
                initial=self.MASK,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )
            self.fields[f"words{mark.number}"] = LineFormField(
                label=_("Instead of “%(typed)s”") % {"typed": mark.typed}, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for mark in self.marks:
            wants_words = cleaned.get(f"way{mark.number}") == self.WRITE
            if wants_words and not cleaned.get(f"words{mark.number}"):
                self.add_error(
                    f"words{mark.number}", _("Write what stands there instead, or choose another.")
                )
        return cleaned

    @property
    def said(self) -> dict[int, str]:
        """What takes the place of which mark; those that stay are left out."""
        found = {}
        for mark in self.marks:
            way = self.cleaned_data[f"way{mark.number}"]
            if way == self.MASK:
                found[mark.number] = mark.instead
            elif way == self.WRITE:
                found[mark.number] = self.cleaned_data[f"words{mark.number}"]
        return found

    def rows(self) -> list[tuple[Mark, forms.BoundField, forms.BoundField]]:
        """Each mark with its two fields."""
        return [(m, self[f"way{m.number}"], self[f"words{m.number}"]) for m in self.marks]


class RouteForm(forms.Form):
    """Whom to ask."""

    people = forms.TypedMultipleChoiceField(
        label=_("Whom to ask"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Any = None, *, people: Iterable[Person]) -> None:
        known = list(people)
        super().__init__(data, initial={"people": [str(person.pk) for person in known]})
        self.fields["people"].choices = [(str(p.pk), p.name) for p in known]  # type: ignore[attr-defined]
        self.fields["people"].error_messages["invalid_choice"] = _(
            "Who fits has changed meanwhile. Please look at the list again."
        )

    @property
    def ticked(self) -> set[str]:
        """The keys that stand ticked on the page."""
        return {str(value) for value in self["people"].value() or []}


class AnswerForm(RevisionForm):
    """An answer, in markdown."""

    text = TextFormField(
        label=_("Your answer"),
        limit=_ANSWER,
        widget=_lines(7),
        help_text=_("Say what you would do, and how you know. *word* is slanted, - begins a list."),
    )
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=settings.PROJECT_LANGUAGES
    )

    def __init__(self, data: Any = None, *, person: Person, answer: Answer | None = None) -> None:
        initial = {"language": person.language}
        if answer is not None:
            initial = {name: getattr(answer, name) for name in self.base_fields}
        super().__init__(data, initial=initial)


class AcceptForm(forms.Form):
    """Which answer helped."""

    answer = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class WorkedForm(forms.Form):
    """Whether it worked; without a note when it is said by one press."""

    worked = forms.ChoiceField(
        label=_("Did it work?"),
        choices=[(one.value, one.label) for one in Worked if one != Worked.UNKNOWN],
        widget=forms.RadioSelect,
    )
    note = TextFormField(label=_("What happened"), limit=2000, widget=_lines(3), required=False)

    def __init__(self, data: Any = None, *, question: Question) -> None:
        initial = {"worked": question.worked, "note": question.worked_note}
        super().__init__(data, initial=initial)

    @property
    def noted(self) -> str | None:
        """The note; None where none was asked for."""
        return self.cleaned_data["note"] if "note" in self.data else None


class CloseForm(forms.Form):
    """Why a question ends without an answer."""

    why = TextFormField(
        label=_("Why is it closed?"),
        limit=1000,
        widget=_lines(3),
        help_text=_("Everybody reads it; say what became of the case."),
    )


class AssistForm(forms.Form):
    """When peers meet about it."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )
    clock = forms.TimeField(
        label=_("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
