"""A person typed by name, out of a list that helps; no list of thousands is sent five times."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from experts.models import Person, User

OFFERED = 300
_LABEL = re.compile(r"(?P<name>.+) \((?P<code>[A-Z]{2})\)")


def label_of(person: Person) -> str:
    """What is typed for a person: the name with the country."""
    return f"{person.name} ({person.country.code})" if person.country else person.name


def offered_to(user: User) -> list[str]:
    """Names the list under the field offers: people of one's own countries first, so many."""
    abroad = Case(When(country_id__in=user.access.countries(), then=0), default=1)
    people = Person.objects.visible_to(user).active().select_related("country")
    return [label_of(person) for person in people.order_by(abroad, "name", "pk")[:OFFERED]]


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
            return Person.objects.contactable_by(user).filter(email__iexact=typed)
        people = Person.objects.visible_to(user).active().select_related("country")
        match = _LABEL.fullmatch(typed)
        if match:
            return people.filter(name__iexact=match["name"], country__code=match["code"])
        return people.filter(name__iexact=typed)
