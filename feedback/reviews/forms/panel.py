"""What is ticked when a panel is put together."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from experts.models import Person

Pair = tuple[int, int]
_PAIR = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,17})", re.ASCII)


class PairsField(forms.Field):
    """Ticks of the form "round-person"; gives the set of pairs, each of them one of `known`."""

    widget = forms.MultipleHiddenInput
    known: Collection[Pair] = frozenset()

    def clean(self, value: Any) -> set[Pair]:
        found = set()
        for text in value or []:
            match = _PAIR.fullmatch(text)
            pair = (int(match[1]), int(match[2])) if match else None
            if pair is None or pair not in self.known:
                raise ValidationError(_("Choose people from this list."))
            found.add(pair)
        return found


class ProposalForm(forms.Form):
    """A proposal as it comes back: who is ticked, who was proposed, who was left out before."""

    ask = PairsField(required=False)
    proposed = PairsField(required=False)
    out = PairsField(required=False)

    def __init__(self, *args: Any, known: Collection[Pair], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.known = known  # type: ignore[attr-defined]

    def wanted(self) -> set[Pair]:
        """Who is ticked."""
        return set(self.cleaned_data["ask"])

    def unwanted(self) -> set[Pair]:
        """Who was proposed or left out and is not ticked now."""
        shown = self.cleaned_data["proposed"] | self.cleaned_data["out"]
        return set(shown - self.cleaned_data["ask"])


class OwnConflictForm(forms.Form):
    """What an expert says of their own conflict of interest."""

    reason = TextFormField(
        label=_("Why should you not review it?"),
        limit=2000,
        help_text=_("Those who put panels together read this with your name. Authors do not."),
        error_messages={"required": _("Say why in a few words.")},
    )


class ConflictForm(forms.Form):
    """What a coordinator says of somebody's conflict of interest."""

    person = forms.ModelChoiceField(
        label=_("Expert"), queryset=Person.objects.none(), empty_label=_("Please choose")
    )
    reason = TextFormField(
        label=_("Reason"),
        limit=2000,
        error_messages={"required": _("Say why; it is kept with the decision.")},
    )

    def __init__(self, *args: Any, people: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Person.objects.filter(pk__in=people).order_by("name", "pk")
        self.fields["person"].queryset = found  # type: ignore[attr-defined]
