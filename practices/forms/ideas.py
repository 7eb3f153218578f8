"""What is typed about an idea."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import validate_day
from experts.fields import CountryField, PersonField, offered_to
from experts.models import Topic, User
from practices.domain.ideas import finding, moving
from practices.domain.ideas.acting import Promised
from practices.domain.ideas.finding import IdeaFilter
from practices.domain.ideas.submitting import NewIdea
from practices.enums import IdeaState
from practices.models import Idea
from sessions.domain import filters

_BIG = 2**31 - 1


def topics() -> Any:
    """Every topic of the charters in force, each name once."""
    return Topic.objects.current().order_by("name", "pk").distinct("name")


class IdeaFilterForm(forms.Form):
    """What the list is narrowed to; nothing chosen means those that wait for an answer."""

    in_more = ("country", "topic")

    q = LineFormField(label=_("Search"), required=False, limit=100)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            (finding.WAITING, _("Waiting for an answer")),
            (finding.OVERDUE, _("Overdue")),
            (finding.ALL, _("All ideas")),
            (finding.MINE, _("My ideas")),
        ],
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *IdeaState.choices], required=False
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            (finding.OLDEST, _("Answer due first")),
            (finding.VOTES, _("Most votes first")),
            (finding.NEWEST, _("Newest first")),
        ],
    )
    country = CountryField()
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        # Communities share names of topics; who looks for one means the name.
        names = [(name, name) for name in filters.topics()]
        self.fields["topic"].choices = [("", _("All topics")), *names]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> IdeaFilter:
        """What was asked, of a form that is valid."""
        return IdeaFilter(**self.cleaned_data)

    @property
    def narrows(self) -> bool:
        """Whether anything but the order was chosen."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")


class IdeaForm(forms.Form):
    """A new idea; `origin` is the page it is handed in from."""

    title = LineFormField(
        label=_("Your idea in one line"),
        help_text=_("What you would do, as you would say it to a colleague."),
    )
    text = TextFormField(
        label=_("What would be better, and for whom?"),
        required=False,
        limit=5000,
        help_text=_("Every member of every country can read it. Leave out names of people."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("No topic"),
        error_messages={
            "invalid_choice": _("Choose one of the topics that stand in a community's charter.")
        },
    )
    origin = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)

    def __init__(self, data: Any = None, *, origin: str = "", idea: Idea | None = None) -> None:
        start: dict[str, Any] = {"origin": origin}
        if idea is not None:
            start = {"title": idea.title, "text": idea.text, "topic": idea.topic_id}
        super().__init__(data, initial=start)
        self.fields["topic"].queryset = topics()  # type: ignore[attr-defined]

    def new(self) -> NewIdea:
        """What was typed, of a form that is valid."""
        return NewIdea(
            **{name: self.cleaned_data[name] for name in ("title", "text", "topic")},
            origin=self.cleaned_data["origin"],
        )


class IdeaNoteForm(forms.Form):
    """What its author adds to an idea whose words stand."""

    text = TextFormField(
        label=_("What would you add?"), limit=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CombineForm(IdeaForm):
    """A child of the idea that is looked at and of others."""

    others = forms.TypedMultipleChoiceField(
        label=_("Combine it with"),
        coerce=int,
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one other idea."),
            "invalid_choice": _("Choose ideas from the list."),
        },
    )
    field_order = ["others", "title", "text", "topic", "origin"]

    def __init__(self, data: Any = None, *, others: Iterable[Idea]) -> None:
        super().__init__(data)
        self.fields["others"].choices = _said(others)  # type: ignore[attr-defined]


class RevisionForm(forms.Form):
    """Knows the state of the row that was looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=_BIG)


class AnswerForm(RevisionForm):
    """The answer an idea is owed, and what becomes of it."""

    text = TextFormField(
        label=_("Your answer"),
        limit=4000,
        help_text=_("It goes to the author by mail, and every member can read it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    state = forms.ChoiceField(label=_("What becomes of it"), required=False)

    def __init__(self, data: Any = None, *, idea: Idea) -> None:
        super().__init__(data, initial={"revision": idea.revision, "text": idea.answer})
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("It stays: %(state)s") % {"state": idea.get_state_display()}),
            *((state, state.label) for state in moving.WAYS[idea.state]),
        ]


class MoveForm(RevisionForm):
    """Where an answered idea goes, and why."""

    PRACTICE, ACTION = "practice", "action"

    to = forms.ChoiceField(label=_("What becomes of it"))
    action = LineFormField(
        label=_("The action"),
        required=False,
        help_text=_("Only where it becomes an action: what is done."),
    )
    owner = PersonField(
        label=_("Who does it"), help_text=_("Start typing a name and choose from the list.")
    )
    due_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[validate_day],
    )
    why = TextFormField(
        label=_("Why"),
        limit=2000,
        help_text=_("Every member can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, idea: Idea, user: User) -> None:
        super().__init__(data, initial={"revision": idea.revision})
        self.fields["owner"].user = user  # type: ignore[attr-defined]
        self.offered = offered_to(user)
        ways: list[tuple[str, Any]] = [(s, s.label) for s in moving.WAYS[idea.state]]
        if idea.state != IdeaState.ADOPTED:
            ways += [
                (self.PRACTICE, _("Adopted: the draft of a good practice")),
                (self.ACTION, _("Adopted: an action")),
            ]
        self.fields["to"].choices = [("", _("Please choose")), *ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == self.ACTION:
            missing = {
                "action": _("Say which action it becomes."),
                "owner": _("Say who does it: an action without an owner is a wish."),
                "due_on": _("Say until when."),
            }
            for name, sentence in missing.items():
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, sentence)
        return cleaned

    def promised(self) -> Promised | None:
        """The action it becomes; None where it becomes something else."""
        said = self.cleaned_data
        if said["to"] != self.ACTION:
            return None
        return Promised(said["action"], said["owner"], said["due_on"])


class MergeForm(forms.Form):
    """The idea that says the same."""

    into = forms.TypedChoiceField(label=_("Says the same as"), coerce=int)

    def __init__(self, data: Any = None, *, others: Iterable[Idea]) -> None:
        super().__init__(data)
        self.fields["into"].choices = [("", _("Please choose")), *_said(others)]  # type: ignore[attr-defined]


class VoteForm(forms.Form):
    """For an idea, or no longer."""

    vote = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


def _said(ideas: Iterable[Idea]) -> list[tuple[int, str]]:
    return [
        (idea.pk, f"{idea.title} ({idea.country.code})" if idea.country else idea.title)
        for idea in ideas
    ]
