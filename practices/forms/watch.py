"""A change outside, what it may touch, and what somebody found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from experts.fields import CountryField
from experts.models import Country, User
from materials.enums import PortfolioPart
from materials.models import Material
from practices.domain.watch.watch_page import WatchFilter
from practices.domain.watch.watching import Noticed
from practices.enums import Touched, WatchKind
from practices.models import Practice, WatchItem

MAX_TAGS = 10
MAX_TAG = 40
STATES = [("", _("Open")), ("closed", _("Closed")), ("all", _("All"))]
_SAID = ("title", "kind", "source", "effect", "from_on", "parts")


class WatchForm(forms.Form):
    """What changes, from when, and whom it touches."""

    title = LineFormField(label=_("What changes?"))
    kind = forms.ChoiceField(label=_("Kind"), choices=WatchKind.choices)
    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.all(),
        required=False,
        empty_label=_("All countries"),
    )
    from_on = forms.DateField(
        label=_("It holds from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    source = forms.URLField(
        label=_("Where it can be read"),
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the law or of the office that says so."),
    )
    effect = TextFormField(
        label=_("What does it change for people with a portfolio?"),
        limit=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts of an e-portfolio it is about"),
        choices=PortfolioPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Materials about them are put on the list."),
    )
    tags = LineFormField(
        label=_("Tags"),
        required=False,
        help_text=_("Words with commas between. Practices with one of them are put on the list."),
    )

    def __init__(self, data: Any = None, *, user: User, item: WatchItem | None = None) -> None:
        initial: dict[str, Any] = {"country": user.person.country_id}
        if item is not None:
            initial = {name: getattr(item, name) for name in _SAID}
            initial |= {"country": item.country_id, "tags": ", ".join(item.tags)}
        super().__init__(data, initial=initial)

    def clean_tags(self) -> list[str]:
        typed = self.cleaned_data["tags"].split(",")
        tags = list(dict.fromkeys(tag.strip().lower() for tag in typed if tag.strip()))
        if len(tags) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in tags):
            raise ValidationError(_("At most ten tags, and at most 40 letters in each."))
        return tags

    def noticed(self) -> Noticed:
        """The cleaned fields as the domain takes them."""
        cleaned = dict(self.cleaned_data)
        country = cleaned.pop("country")
        return Noticed(**cleaned, country_id=country.pk if country else None)


class WatchFilterForm(forms.Form):
    """What the list is narrowed to; anything else is refused."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    country = CountryField()
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *WatchKind.choices], required=False
    )

    def wanted(self) -> WatchFilter:
        """The cleaned fields as the domain takes them."""
        return WatchFilter(**self.cleaned_data)


class TargetForm(forms.Form):
    """Something to look at that no tag has found."""

    material = forms.ModelChoiceField(
        label=_("Material"), queryset=Material.objects.none(), required=False, empty_label=_("None")
    )
    practice = forms.ModelChoiceField(
        label=_("Practice"), queryset=Practice.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        rows: dict[str, Any] = {
            "material": Material.objects.visible_to(user).order_by("code"),
            "practice": Practice.objects.visible_to(user).published().select_related("current"),
        }
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned["material"]) == bool(cleaned["practice"]):
            raise ValidationError(_("Choose one: a material or a practice."))
        return cleaned


class FindingForm(forms.Form):
    """Whether the change touches it, and why."""

    touched = forms.ChoiceField(choices=[(c.value, c.label) for c in (Touched.YES, Touched.NO)])
    note = TextFormField(limit=2_000)
