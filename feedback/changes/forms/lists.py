"""What the list of changes is narrowed to, and the decision on several at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from experts.enums import Role
from experts.models import Country, Person, User
from feedback.changes.domain import filters
from feedback.changes.domain.filters import ChangeFilter
from feedback.changes.enums import Decision, Severity
from feedback.changes.forms.deciding import DECISIONS, ReadByAllForm, version_words
from feedback.changes.models import ChangeRequest
from materials.models import Material, Version

STATES = [
    ("", _("All")),
    (filters.OPEN, Decision.OPEN.label),
    (filters.LATE, _("Overdue")),
    (filters.ACCEPTED, _("Accepted, not done yet")),
    (filters.DONE, _("Done")),
    (filters.DECLINED, Decision.DECLINE.label),
]
_MOST = 200


class ChangeFilterForm(forms.Form):
    """What the list is narrowed to; choices are of what this person sees."""

    material = forms.ModelChoiceField(
        label=_("Material"),
        queryset=Material.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All materials"),
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    severity = forms.ChoiceField(
        label=_("Severity"), choices=[("", _("All")), *Severity.choices], required=False
    )
    owner = forms.ModelChoiceField(
        label=_("Who decides"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Everybody"),
    )
    country = forms.ModelChoiceField(
        label=_("Country that asks"),
        queryset=Country.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All countries"),
    )
    version = forms.ModelChoiceField(
        label=_("Version"),
        queryset=Version.objects.none(),
        required=False,
        empty_label=_("All versions"),
    )
    field_order = ["material", "version", "state", "severity", "owner", "country"]

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        seen = ChangeRequest.objects.visible_to(user).order_by()
        self._limit("material", Material.objects.filter(pk__in=seen.values("material")))
        people = Person.objects.filter(pk__in=seen.values("owner")) | Person.objects.filter(
            pk__in=seen.values("material__owner")
        )
        self._limit("owner", people.order_by("name", "pk"))
        self._limit_countries(user)
        chosen = str(self.data.get("material", ""))
        if chosen:
            versions = Version.objects.filter(pk__in=seen.values("version"))
            self._limit("version", versions.filter(material__code=chosen).order_by("number"))
            self.fields["version"].label_from_instance = version_words  # type: ignore[attr-defined]
        else:
            del self.fields["version"]

    def _limit_countries(self, user: User) -> None:
        """Of a comment the country is known in that country only, so only there is it asked for."""
        own = user.access.countries(Role.COORDINATOR)
        if user.access.is_manager:
            self._limit("country", Country.objects.order_by("code"))
        elif own:
            self._limit("country", Country.objects.filter(pk__in=own).order_by("code"))
        else:
            del self.fields["country"]

    def _limit(self, name: str, queryset: Any) -> None:
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    @property
    def wanted(self) -> ChangeFilter:
        """What was asked, of a form that is valid."""
        return ChangeFilter(**self.cleaned_data)

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())


class AlikeForm(ReadByAllForm):
    """Chosen requests, one decision, one reason."""

    field_order = ["decision", "reason", "names_ok"]
    read_by_all = ("reason",)

    decision = forms.ChoiceField(label=_("What becomes of them"), choices=DECISIONS)
    reason = TextFormField(
        label=_("Reason"),
        limit=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read it; say it so that who asked understands it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.ticked:
            self.add_error(None, _("Choose one request at least."))
        return cleaned

    @property
    def ticked(self) -> set[int]:
        """What was ticked, also where the form must be corrected; nonsense is left out."""
        if not self.is_bound:
            return set()
        sent = self.data.getlist("changes")[:_MOST]  # type: ignore[attr-defined]
        return {int(pk) for pk in sent if pk.isascii() and pk.isdecimal() and len(pk) < 19}
