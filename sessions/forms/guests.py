"""Whom a coordinator asks, and how many seats there are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import zone_names
from experts.enums import Profession, Role
from experts.fields import NameField
from experts.models import Country, Topic, User
from sessions.domain.guest_lists import PROFESSION, ROLE, Wanted
from sessions.domain.guests import Guest
from sessions.enums import AskedThrough
from sessions.models import CopSession

WAYS = [
    (AskedThrough.PERSON, _("By name")),
    (AskedThrough.COP, _("The whole community")),
    (AskedThrough.TOPIC, _("By topic")),
    (AskedThrough.ROLE, _("By role")),
    (AskedThrough.QUOTA, _("So many from each country")),
    (AskedThrough.EXTERNAL, _("Somebody from outside")),
]
MAX_PER_COUNTRY = 50


class WayForm(forms.Form):
    """The way of choosing people, and what it needs to know."""

    how = forms.ChoiceField(choices=WAYS, required=False, widget=forms.HiddenInput)
    q = LineFormField(
        label=_("Name, or what to ask them about"),
        required=False,
        help_text=_("Searches the directory of all countries."),
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        to_field_name="name",
        required=False,
        help_text=_("Members of communities with this topic, and people who offer to be asked."),
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    everywhere = forms.BooleanField(label=_("Also beyond the host communities"), required=False)

    def __init__(self, *args: Any, session: CopSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = Topic.objects.current().order_by("name", "pk").distinct("name")
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]
        self.fields["topic"].initial = session.topic.name if session.topic else None
        self.fields["role"].choices = _roles()  # type: ignore[attr-defined]
        self.countries = list(Country.objects.all())
        for country in self.countries:
            self.fields[f"from_{country.code}"] = forms.IntegerField(
                label=country.name, min_value=0, max_value=MAX_PER_COUNTRY, required=False
            )

    @property
    def way(self) -> AskedThrough:
        """The way in use; by name until another one is chosen."""
        how = self.data.get("how", "")
        return AskedThrough(how) if how in dict(WAYS) else AskedThrough.PERSON

    @property
    def ways(self) -> list[tuple[str, Any]]:
        return [(way.value, label) for way, label in WAYS]

    @property
    def quota_fields(self) -> list[forms.BoundField]:
        return [self[f"from_{country.code}"] for country in self.countries]

    def wanted(self) -> Wanted:
        """The cleaned form as the domain asks for it."""
        data = self.cleaned_data
        quota = {c: data[f"from_{c.code}"] or 0 for c in self.countries}
        return Wanted(
            how=self.way,
            q=data["q"],
            topic=data["topic"],
            role=data["role"],
            everywhere=data["everywhere"],
            quota={country: number for country, number in quota.items() if number},
        )


def _roles() -> list[Any]:
    return [
        ("", _("Please choose")),
        (_("Experts"), [(f"{PROFESSION}:{p.value}", p.label) for p in Profession]),
        (_("In the community"), [(f"{ROLE}:{r.value}", r.label) for r in Role]),
    ]


class GuestForm(forms.Form):
    """Somebody from outside, whom a member answers for."""

    name = NameField(label=_("Name"))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.PROJECT_LANGUAGES)
    zone = forms.ChoiceField(label=_("Time zone"))
    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.all(),
        required=False,
        empty_label=_("Another country"),
    )
    agreed = forms.BooleanField(
        label=_("This person agreed to be contacted"),
        error_messages={"required": _("Ask first: only people who agreed can be invited.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        person = user.person
        start = {
            "zone": person.zone,
            "country": person.country_id,
            "language": person.language,
        }
        kwargs["initial"] = start | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(name, name) for name in zone_names()]  # type: ignore[attr-defined]

    def guest(self) -> Guest:
        data = dict(self.cleaned_data)
        del data["agreed"]
        return Guest(**data)


class SeatsForm(forms.Form):
    """How many seats a session has, in all and for each country; empty means no limit."""

    capacity = forms.IntegerField(
        label=_("Seats in all"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_("Empty: everybody who says yes has a place."),
    )

    def __init__(self, *args: Any, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.countries = countries
        for country in countries:
            self.fields[f"seats_{country.code}"] = forms.IntegerField(
                label=country.name,
                min_value=0,
                max_value=10_000,
                required=False,
            )

    @property
    def country_fields(self) -> list[forms.BoundField]:
        return [self[f"seats_{country.code}"] for country in self.countries]

    def by_country(self) -> dict[int, int]:
        """The limits that were set, by country id."""
        limits = {c.pk: self.cleaned_data[f"seats_{c.code}"] for c in self.countries}
        return {pk: seats for pk, seats in limits.items() if seats is not None}
