"""What is typed about actions and lessons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import say_day, validate_day
from experts.domain import clock
from experts.fields import CountryField, PersonField, label_of, offered_to
from experts.models import CommunityOfPractice, User
from sessions.domain.actions import page
from sessions.domain.actions.page import ActionFilter
from sessions.domain.actions.writing import ActionPlan
from sessions.domain.lessons import page as lesson_page
from sessions.domain.lessons.page import LessonFilter
from sessions.domain.lessons.writing import Learnt
from sessions.models import ActionItem, CopSession, Goal, Lesson


class _CountryChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, cop: Any) -> str:
        return str(cop.country.name)


class _GoalChoice(forms.ModelChoiceField):
    def label_from_instance(self, goal: Any) -> str:
        return f"{goal.title} ({goal.cop.name})"


class OwnerForm(forms.Form):
    """Who promises it, until which day."""

    owner = PersonField(
        label=_("Who does it"), help_text=_("Start typing a name and choose from the list.")
    )
    due_on = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[validate_day],
    )

    def __init__(self, data: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        owner: Any = self.fields["owner"]
        owner.user, owner.required = user, True
        sentence = _("Say who does it: an action without an owner is a wish.")
        owner.error_messages = owner.error_messages | {"required": sentence}
        self.offered = offered_to(user)


class ActionForm(OwnerForm):
    """A promise: what, who, until when, for which countries, for which goal."""

    title = LineFormField(label=_("What will be done?"))
    details = TextFormField(
        label=_("Details"),
        required=False,
        limit=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cops = _CountryChoice(
        label=_("Countries"),
        queryset=CommunityOfPractice.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Two or more make it a joint task; every one of them sees it."),
        error_messages={"required": _("Choose at least one country.")},
    )
    goal = _GoalChoice(
        label=_("Goal it serves"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("No goal"),
    )

    field_order = ("title", "owner", "due_on", "cops", "details", "goal")

    def __init__(
        self,
        data: Any = None,
        *,
        user: User,
        action: ActionItem | None = None,
        session: CopSession | None = None,
    ) -> None:
        super().__init__(data, user=user, initial=_initial(user, action, session))
        cops = CommunityOfPractice.objects.visible_to(user).filter(country__isnull=False)
        kept = action.goal_id if action else None
        fields: Any = self.fields
        fields["cops"].queryset = cops.select_related("country").order_by("country__code")
        goals = Goal.objects.visible_to(user).select_related("cop").order_by("cop__name", "pk")
        still = Q(ends_on__gte=clock.today_of(user)) | Q(pk=kept)
        fields["goal"].queryset = goals.filter(still)

    def plan(self) -> ActionPlan:
        """The cleaned fields as the domain takes them."""
        cleaned = dict(self.cleaned_data)
        return ActionPlan(**cleaned | {"cops": tuple(cleaned["cops"])})


class HandOverForm(forms.Form):
    """Which actions of a person go to whom."""

    actions = forms.TypedMultipleChoiceField(
        label=_("Actions"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one action."),
            "invalid_choice": _("One of these actions was changed meanwhile. Look at the list."),
        },
    )
    owner = PersonField(
        label=_("Who does them from now on"),
        help_text=_("Start typing a name and choose from the list. One mail tells of all of them."),
    )

    def __init__(self, data: Any = None, *, user: User, actions: Sequence[ActionItem]) -> None:
        super().__init__(data, initial={"actions": [action.pk for action in actions]})
        fields: dict[str, Any] = self.fields
        fields["actions"].choices = [(action.pk, _said(action)) for action in actions]
        fields["owner"].user, fields["owner"].required = user, True
        self.offered = offered_to(user)


class DropForm(forms.Form):
    """Why nobody will do it."""

    reason = LineFormField(label=_("Why is it dropped?"), help_text=_("Every member can read it."))


class ActionFilterForm(forms.Form):
    """What the list is narrowed to; anything else is refused."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            (page.OPEN, _("Open")),
            (page.MINE, _("Mine")),
            (page.NOBODYS, _("Nobody's")),
            (page.OVERDUE, _("Overdue")),
            (page.SETTLED, _("Done and dropped")),
            (page.ALL, _("All")),
        ],
    )
    joint = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All actions")), ("yes", _("Joint tasks"))],
    )
    country = CountryField()
    other = CountryField()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["other"].label = _("Together with")

    def wanted(self) -> ActionFilter:
        """The cleaned fields as the domain takes them."""
        return ActionFilter(**self.cleaned_data)


class LessonForm(forms.Form):
    """The four questions of a look back."""

    planned = TextFormField(label=_("What was planned?"), limit=2_000)
    happened = TextFormField(label=_("What happened?"), limit=2_000)
    why = TextFormField(label=_("Why was there a difference?"), limit=2_000, required=False)
    change = LineFormField(
        label=_("What do we change?"), help_text=_("One sentence that says who does what anew.")
    )

    def __init__(self, data: Any = None, *, lesson: Lesson | None = None) -> None:
        names = ("planned", "happened", "why", "change")
        initial = {name: getattr(lesson, name) for name in names} if lesson else {}
        super().__init__(data, initial=initial)
        for name in names[:3]:
            self.fields[name].widget.attrs["rows"] = 3

    def learnt(self) -> Learnt:
        """The cleaned fields as the domain takes them."""
        return Learnt(**self.cleaned_data)


class ProcedureForm(forms.Form):
    """What is done in another way now."""

    procedure = LineFormField(
        label=_("What is done in another way now?"),
        help_text=_("Partners read it under “We learned, we changed”."),
    )
    link = forms.URLField(
        label=_("Where it can be read"), required=False, max_length=500, assume_scheme="https"
    )


class LessonFilterForm(forms.Form):
    """What the list of lessons is narrowed to."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            (lesson_page.OPEN, _("Not changed yet")),
            (lesson_page.OWNERLESS, _("Without an owner")),
            (lesson_page.CHANGED, _("Changed")),
            (lesson_page.ALL, _("All")),
        ],
    )
    country = CountryField()

    def wanted(self) -> LessonFilter:
        """The cleaned fields as the domain takes them."""
        return LessonFilter(**self.cleaned_data)


def _said(action: ActionItem) -> str:
    day, codes = say_day(action.due_on), ", ".join(action.country_codes)
    return f"{action.title} ({codes}, {day})"


def _initial(user: User, action: ActionItem | None, session: CopSession | None) -> dict[str, Any]:
    if action is not None:
        return {
            "title": action.title,
            "details": action.details,
            "owner": label_of(action.owner),
            "due_on": action.due_on,
            "cops": [cop.pk for cop in action.countries.all()],
            "goal": action.goal_id,
        }
    if session is not None:
        return {"cops": [cop.pk for cop in session.host_cops.all()], "goal": session.goal_id}
    own = CommunityOfPractice.objects.filter(country=user.person.country_id or 0)
    return {"cops": list(own.values_list("pk", flat=True))}
