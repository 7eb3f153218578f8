"""Parts of forms about countries and people that the other apps share."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from experts import reference
from experts.models import Country, Person, User

# A name is printed in mails to others; a link or markup in it would turn our mail into bait.
_NOT_A_NAME = re.compile(r"[<>@/\\\[\]{}|]|www\.|https?:", re.IGNORECASE)
# So many names a list under a field offers; no list of thousands is sent with a page.
OFFERED = 300
_LABEL = re.compile(r"(?P<name>.+) \((?P<code>[A-Z]{2})\)")


class NameField(LineFormField):
    """A person's name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=120, **kwargs)

    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        if _NOT_A_NAME.search(name):
            raise ValidationError(_("A name has no links and none of the signs < > @ / in it."))
        return name


class CountryField(forms.ChoiceField):
    """A country of a filter, by the agencies' code (EL) or by ISO 3166 (GR); gives the Country."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Country"), required=False, choices=_country_choices, **kwargs)

    def to_python(self, value: Any) -> Country | None:
        if not value:
            return None
        country = reference.country(str(value))
        if country is None:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return country

    def validate(self, value: Country | None) -> None:
        """What to_python found is a country; nothing else is asked."""


def _country_choices() -> list[tuple[str, str]]:
    known = [(country.code, country.name) for country in reference.countries()]
    return [("", str(_("All countries"))), *known]


class PeopleForm(forms.Form):
    """Whom to ask, out of the people who may be asked."""

    people = forms.MultipleChoiceField(
        label=_("People"),
        error_messages={
            "required": _("Choose at least one person."),
            "invalid_choice": _("Choose people from this list."),
        },
    )

    def __init__(self, *args: Any, candidates: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(person.pk): person for person in candidates}
        self.fields["people"].choices = [(pk, p.name) for pk, p in self.candidates.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Person]:
        return [self.candidates[pk] for pk in self.cleaned_data["people"]]


def label_of(person: Person) -> str:
    """What is typed for a person: the name with the country."""
    return f"{person.name} ({person.country.code})" if person.country else person.name


def offered_to(user: User) -> list[str]:
    """Names the list under the field offers: people of one's own countries first, so many."""
    return [label_of(person) for person in nearest(user)[:OFFERED]]


def nearest(user: User) -> QuerySet[Person]:
    """Everybody this person may name, those of their own countries first."""
    abroad = Case(When(country_id__in=user.access.countries(), then=0), default=1)
    return _nameable(user).order_by(abroad, "name", "pk")


def _nameable(user: User) -> QuerySet[Person]:
    return Person.objects.visible_to(user).active().select_related("country")


class PersonField(LineFormField):
    """Gives the person of a typed name ("Anna Ilieva (BG)") or e-mail address, or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "people-offered", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)
        self.user: User | None = None

    def clean(self, value: Any) -> Person | None:
        typed = super().clean(value)
        if not typed or self.user is None:
            return None
        found = list(self._matching(typed, self.user)[:2])
        if not found:
            raise ValidationError(_("Nobody of this name is in the directory."))
        if len(found) > 1:
            raise ValidationError(
                _("Several people have this name: add the country, or type the e-mail address.")
            )
        return found[0]

    def _matching(self, typed: str, user: User) -> Any:
        if "@" in typed:
            return Person.objects.contactable_by(user).active().filter(email__iexact=typed)
        people = _nameable(user)
        match = _LABEL.fullmatch(typed)
        if match:
            return people.filter(name__iexact=match["name"], country__code=match["code"])
        return people.filter(name__iexact=typed)


class PeopleField(TextFormField):
    """Gives the people of names that are typed one a line, each once."""

    MOST = 30

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, limit=4000, widget=widget, **kwargs)
        self.user: User | None = None

    def clean(self, value: Any) -> list[Person]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > self.MOST:
            raise ValidationError(_("Type %(n)d names at most."), params={"n": self.MOST})
        return list(dict.fromkeys(person for line in lines if (person := self._person(line))))

    def _person(self, line: str) -> Person | None:
        field = PersonField()
        field.user = self.user
        try:
            return field.clean(line)
        except ValidationError as error:
            raise ValidationError(
                "%(line)s: %(why)s", params={"line": line, "why": error.messages[0]}
            ) from error
