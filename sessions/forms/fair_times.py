"""What the fair-time finder is asked, what it hands on, and the weeks a country cannot meet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import to_wall, validate_day, zone_names
from experts.enums import Role
from experts.models import Country, Person, User
from experts.querysets import holding
from sessions.domain.fair_data import Wish
from sessions.domain.fair_times import Search
from sessions.enums import Duty
from sessions.models import Room

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# More ticks than this help nobody, and make a heavy page.
LISTED = 120


class FinderForm(forms.Form):
    """Whose time is looked at, and when; a GET form, so that an answer can be bookmarked."""

    countries = forms.ModelMultipleChoiceField(
        label=_("Countries"),
        queryset=Country.objects.none(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    first_day = forms.DateField(label=_("From"), widget=DAY, validators=[validate_day])
    weeks = forms.IntegerField(label=_("Weeks"), min_value=1, max_value=8)
    minutes = forms.IntegerField(label=_("Duration in minutes"), min_value=5, max_value=600)
    zone = forms.ChoiceField(label=_("Time zone"))
    facilitator = forms.ModelChoiceField(
        label=_("Facilitator"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    interpreter = forms.ModelChoiceField(
        label=_("Interpreter"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    room = forms.ModelChoiceField(
        label=_("Room"), queryset=Room.objects.none(), required=False, empty_label=_("Online")
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Only these people"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Person.objects.visible_to(user).active()
        leads = seen.filter(
            holding("memberships"), memberships__role__in=[Role.COORDINATOR, Role.FACILITATOR]
        ).distinct()
        speaks = seen.filter(Q(duties__duty=Duty.INTERPRETER) | Q(pk__in=leads.values("pk")))
        choices: dict[str, Any] = {
            "countries": Country.objects.visible_to(user).order_by("code"),
            "facilitator": leads.order_by("name", "pk"),
            "interpreter": speaks.distinct().order_by("name", "pk"),
            "room": Room.objects.visible_to(user).select_related("country"),
            "people": seen.order_by("country__code", "name", "pk"),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(name, name) for name in zone_names()]  # type: ignore[attr-defined]

    def candidates(self) -> list[Person]:
        """People of the chosen countries to tick; none where there are too many to list."""
        chosen = self.cleaned_data["countries"]
        found = self.fields["people"].queryset.filter(country__in=chosen)  # type: ignore[attr-defined]
        found = list(found.select_related("country", "expert")[: LISTED + 1])
        return found if len(found) <= LISTED else []

    def wish(self, *, at: datetime) -> Wish:
        """The cleaned form as a wish."""
        cleaned = self.cleaned_data
        search = Search(
            cleaned["first_day"], cleaned["weeks"], cleaned["zone"], cleaned["minutes"], at
        )
        return Wish(
            countries=list(cleaned["countries"]),
            search=search,
            people=list(cleaned["people"]),
            facilitator=cleaned["facilitator"],
            interpreter=cleaned["interpreter"],
            room=cleaned["room"],
        )


def usual_query(user: User, at: datetime) -> QueryDict:
    """What the finder looks at first: every country, four weeks from next Monday."""
    today = to_wall(at, user.person.zone).date()
    query = QueryDict(mutable=True)
    query.setlist("countries", list(Country.objects.values_list("code", flat=True)))
    query["first_day"] = (today + timedelta(days=7 - today.weekday())).isoformat()
    query["weeks"], query["minutes"], query["zone"] = "4", "90", user.person.zone
    return query


class BusyForm(forms.Form):
    """A period in which a country cannot well meet."""

    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), to_field_name="code", empty_label=None
    )
    name = LineFormField(label=_("What it is"), help_text=_("For example: exam weeks."))
    first_day = forms.DateField(label=_("First day"), widget=DAY, validators=[validate_day])
    last_day = forms.DateField(label=_("Last day"), widget=DAY, validators=[validate_day])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Country.objects.visible_to(user)
        if not user.access.is_manager:
            own = user.access.countries(Role.COORDINATOR, Role.PARTNER)
            countries = countries.filter(pk__in=own)
        self.fields["country"].queryset = countries.order_by("code")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last_day", _("The last day is before the first."))
            elif last - first > timedelta(days=366):
                self.add_error("last_day", _("A period is a year long at most."))
        return cleaned
