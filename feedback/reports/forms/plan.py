"""The planned numbers as one table of fields: a row for each indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from experts.models import Country
from feedback.reports.domain.planning import Known, Place

_MOST = 1_000_000


class PlanForm(forms.Form):
    """For each indicator the number of the whole project and of each country; empty is none."""

    def __init__(
        self,
        data: Any,
        *,
        indicators: Sequence[Known],
        countries: Sequence[Country],
        planned: Mapping[Place, int],
    ) -> None:
        super().__init__(data)
        self._indicators = indicators
        self.columns = [("", _("Whole project")), *[(c.code, c.name) for c in countries]]
        for known in indicators:
            for code, name in self.columns:
                self.fields[_name(known.key, code)] = forms.IntegerField(
                    label=_("%(indicator)s, %(place)s") % {"indicator": known.label, "place": name},
                    required=False,
                    min_value=0,
                    max_value=_MOST,
                    initial=planned.get((known.key, code)),
                    widget=forms.NumberInput(attrs={"class": "form-control plan-number"}),
                )

    def rows(self) -> Iterator[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """Each indicator with its fields, each beside the name of its column."""
        for known in self._indicators:
            yield (
                known.label,
                [(name, self[_name(known.key, code)]) for code, name in self.columns],
            )

    def numbers(self) -> dict[Place, int | None]:
        """What was typed, of a form that is valid."""
        return {
            (known.key, code): self.cleaned_data[_name(known.key, code)]
            for known in self._indicators
            for code, _label in self.columns
        }


def _name(key: str, code: str) -> str:
    return f"{key}.{code}"
