"""What the panel doctor is asked by a form that is still being filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from feedback.validation.domain.policy.policy_faults import MOST_EXPERTS

_LONGEST = 18  # digits of a key
_MOST_CODES = 60


class ChosenForm(forms.Form):
    """Who is ticked on the page where experts are chosen; what is no key is left out."""

    on = forms.CharField(required=False)

    def chosen(self) -> set[int]:
        """The keys of those who are ticked."""
        values = _all(self.data, "people")
        return {int(v) for v in values if v.isascii() and v.isdigit() and len(v) <= _LONGEST}

    def on_panel_page(self) -> bool:
        """Whether it is shown where people can be ticked already."""
        return self.is_valid() and self.cleaned_data["on"] == "panel"


class PlanForm(forms.Form):
    """The number of experts typed so far; which countries, an unknown code counts for none."""

    panel_size = forms.IntegerField(min_value=1, max_value=MOST_EXPERTS)

    def countries(self) -> list[str]:
        """The codes that are ticked."""
        return _all(self.data, "countries")[:_MOST_CODES]

    def fault(self) -> str:
        """What stands there while the number is none."""
        if self.is_valid():
            return ""
        return _("Type how many experts of each country, 1 to %(n)d.") % {"n": MOST_EXPERTS}


def _all(data: Any, name: str) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else []
