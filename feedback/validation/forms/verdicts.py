"""What is typed about a verdict; figures that were looked at come back signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from feedback.validation.domain.judging.inheriting import Candidate
from feedback.validation.domain.judging.verdicts import Saying, Seen
from feedback.validation.enums import PROPOSED, Standing

_SALT = "verdict"
_STANDINGS = [(standing.value, standing.label) for standing in PROPOSED]


class VerdictForm(forms.Form):
    """Agrees with the proposal, or says something else and why."""

    minority = TextFormField(
        label=_("Minority opinion"),
        required=False,
        limit=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "What some of the panel think otherwise. It stays with the verdict and every member "
            "reads it: leave out who said it."
        ),
    )
    standing = forms.ChoiceField(
        label=_("Verdict"), choices=_STANDINGS, widget=forms.RadioSelect, required=False
    )
    reason = TextFormField(
        label=_("Why it differs from the proposal"),
        required=False,
        limit=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A second person reads it and signs, or refuses."),
    )
    seen = forms.CharField(label=_("Figures"), widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, proposal: Standing, seen: Mapping[str, Any]) -> None:
        self._proposal = proposal
        self.fresh = signing.dumps(seen, salt=_SALT, compress=True)
        super().__init__(data, initial={"seen": self.fresh, "standing": proposal})

    def clean_seen(self) -> Seen:
        try:
            seen = signing.loads(self.cleaned_data["seen"], salt=_SALT)
        except signing.BadSignature:
            raise ValidationError(_now("Please open the page again.")) from None
        return Seen(seen["basis"], seen["stood"])

    @property
    def decides_otherwise(self) -> bool:
        """Which of the two buttons was pressed."""
        return self.is_bound and "otherwise" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.decides_otherwise and not cleaned.get("standing"):
            self.add_error("standing", _now("Choose what you say instead."))
        if self.decides_otherwise and cleaned.get("standing") == self._proposal:
            self.add_error("standing", _now("This is what is proposed: confirm it, or choose."))
        if self.decides_otherwise and not cleaned.get("reason"):
            self.add_error("reason", _now("Say why you decide otherwise than proposed."))
        return cleaned

    def saying(self) -> Saying:
        """What the domain is told, of a form that is valid."""
        standing = self.cleaned_data["standing"] if self.decides_otherwise else self._proposal
        reason = self.cleaned_data["reason"] if self.decides_otherwise else ""
        return Saying(Standing(standing), reason, self.cleaned_data["minority"])

    def with_fresh_figures(self) -> None:
        """Shows the figures of now, and keeps what was typed."""
        self.data = {**self.data.dict(), "seen": self.fresh}  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a signature is refused or a verdict withdrawn."""

    reason = TextFormField(label=_("Reason"), limit=4000, widget=forms.Textarea(attrs={"rows": 3}))


class InheritForm(forms.Form):
    """The edition that takes over a verdict."""

    edition = forms.ChoiceField(label=_("Edition"), widget=forms.RadioSelect)
    read = forms.BooleanField(
        label=_("I compared the edition with its original: it says the same.")
    )

    def __init__(self, data: Any = None, *, candidates: list[Candidate]) -> None:
        super().__init__(data)
        choices = [(str(one.version.pk), _edition(one)) for one in candidates]
        self.fields["edition"].choices = choices  # type: ignore[attr-defined]


def _edition(one: Candidate) -> str:
    said = _now("%(language)s, version %(number)d, translated by %(translator)s") % {
        "language": one.language,
        "number": one.version.number,
        "translator": one.translator,
    }
    if one.newer_original:
        moved_on = _now("the original has moved on to version %(n)d") % {"n": one.newer_original}
        return f"{said} ({moved_on})"
    return said


class VerdictFilterForm(forms.Form):
    """What the list of verdicts is narrowed to."""

    WAITING, HOLDS, ENDED = "waiting", "holds", "ended"
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (WAITING, _("Waits for a second signature")),
            (HOLDS, _("Holds")),
            (ENDED, _("Replaced, withdrawn or refused")),
        ],
    )
    standing = forms.ChoiceField(
        label=_("Verdict"), required=False, choices=[("", _("All")), *_STANDINGS]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, data: Any, *, countries: list[tuple[str, str]]) -> None:
        super().__init__(data)
        everywhere = [("", _("All")), ("all", _("Consortium")), *countries]
        self.fields["country"].choices = everywhere  # type: ignore[attr-defined]
