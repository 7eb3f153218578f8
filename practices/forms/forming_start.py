"""The steps of starting a community: one form, of which each page shows a part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from experts.fields import OFFERED, PeopleField, label_of, nearest
from experts.models import CommunityOfPractice, Country, Person, User
from practices.domain.forming import starting
from practices.domain.forming.circles import ENOUGH, CircleSession
from practices.domain.forming.starting import Start
from practices.forms.forming_charters import TopicsField
from practices.forms.forming_circles import CircleForm, CircleSessionForm

STEPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Domain"), ("name", "purpose", "country", "community")),
    (_("People"), ("people", "more_people")),
    (_("Interests"), ("options",)),
    (_("Charter"), ("topics", "scope_out")),
    (_("First session"), ("title", "day", "clock", "minutes", "online_link", "place")),
)
CHECK = len(STEPS)


class StartForm(CircleSessionForm, CircleForm):
    """All that is asked; `country` only of the manager, and where one has no community yet."""

    country = forms.ModelChoiceField(
        label=_("Country without a community"),
        queryset=Country.objects.none(),
        required=False,
        empty_label=_("None: start a circle"),
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Who is in"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People who told you that they join. A circle is four with you."),
    )
    more_people = PeopleField(
        label=_("Others, by their names"),
        help_text=_("One a line, as the directory writes them: Anna Ilieva (BG)."),
    )
    options = TopicsField(
        label=_("Topics to ask people about by a link"),
        required=False,
        limit=2000,
        help_text=_("One a line. Leave it empty for no poll."),
    )
    topics = TopicsField(
        label=_("Topics for the charter"),
        required=False,
        limit=2000,
        help_text=_("One a line. Of a circle they are proposed to its community."),
    )
    scope_out = TextFormField(label=_("What does not belong to it"), required=False, limit=2000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        fields: dict[str, Any] = self.fields
        people = nearest(user).exclude(pk=user.person.pk)
        fields["people"].queryset = people
        # Anybody may be chosen, and a page that lists thousands helps nobody.
        fields["people"].choices = [(one.pk, label_of(one)) for one in people[:OFFERED]]
        fields["more_people"].user = self.user = user
        fields["community"].required = False
        fields["name"].label = _("Name or topic")
        if user.access.is_manager:
            fields["country"].queryset = starting.without_community()
        else:
            del fields["country"]
        if not user.access.plans_sessions:
            del fields["options"]

    def clean_more_people(self) -> list[Person]:
        """Without the person who types, who is in it anyway."""
        return [one for one in self.cleaned_data["more_people"] if one != self.user.person]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = _chosen(cleaned)
        fewest = 1 if cleaned.get("country") else ENOUGH - 1
        if not self.errors.keys() & {"people", "more_people"} and len(chosen) < fewest:
            self.add_error("people", _("Choose three people at least, or one for a country."))
        if not cleaned.get("country") and not cleaned.get("community"):
            self.add_error("community", _("Choose the community that hosts the circle."))
        return cleaned

    @classmethod
    def kept(cls, data: QueryDict, user: User) -> StartForm:
        """What was typed so far, as a form that complains of nothing yet."""
        form = cls(user=user)
        for name, field in form.fields.items():
            if name in data:
                many = isinstance(field, forms.ModelMultipleChoiceField)
                form.initial[name] = data.getlist(name) if many else data[name]
        return form

    def first_wrong(self) -> int:
        """The first step with something to mend; CHECK where there is none."""
        wrong = set(self.errors)
        return next((n for n, (_l, names) in enumerate(STEPS) if wrong & set(names)), CHECK)

    def complain_of(self, step: int) -> None:
        """Keeps what is wrong in this step, and is silent about those that come later."""
        for name in set(self.errors) - set(STEPS[step][1]):
            del self.errors[name]

    def shown(self, step: int) -> list[forms.BoundField]:
        """The fields of a step."""
        names = STEPS[step][1] if step < CHECK else ()
        return [self[name] for name in names if name in self.fields]

    def others(self, step: int) -> list[forms.BoundField]:
        """Those of all other steps, to be carried along."""
        here = {field.name for field in self.shown(step)}
        return [self[name] for name in self.fields if name not in here]

    def start(self) -> Start:
        values = self.cleaned_data
        return Start(
            name=values["name"],
            purpose=values["purpose"],
            people=_chosen(values),
            session=CircleSession(
                **{
                    name: values[name]
                    for name in ("title", "day", "clock", "minutes", "online_link", "place")
                }
            ),
            country=values.get("country"),
            cop=_cop(values),
            options=values.get("options") or (),
            topics=values["topics"],
            scope_out=values["scope_out"],
        )


def _chosen(values: dict[str, Any]) -> list[Person]:
    """Those that were ticked and those that were typed, each once."""
    ticked, typed = values.get("people") or (), values.get("more_people") or ()
    return list(dict.fromkeys([*ticked, *typed]))


def _cop(values: dict[str, Any]) -> CommunityOfPractice | None:
    return None if values.get("country") else values["community"]
