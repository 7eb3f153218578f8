"""The form of a policy: whole numbers by panel size, and the other rules one field each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from feedback.reviews import marks
from feedback.reviews.marks import Marks
from feedback.reviews.models import ValidationPolicy
from feedback.validation.domain.outcome import words
from feedback.validation.domain.policy import pass_table, policy_faults, policy_words, rules
from feedback.validation.domain.policy.pass_table import BEYOND, SIZES
from feedback.validation.domain.policy.policy_faults import MOST_MONTHS, WHOLE
from feedback.validation.domain.policy.rules import AGAINST, INHERIT, LEFT_OUT, OWN_PANEL, Rules

NO_MARK = ""
_KAPPAS = (40, 60, 75)
_QUOTAS = ("experts", "practitioners", "lived")
_PLAIN = (
    *_QUOTAS,
    *("scale_ave", "scale_ua", "most_missing", "not_applicable", "may_fail", "editions", "months"),
)
_NUMBER = "9" * 9


def _whole(label: Any, *, least: int, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        **more,
    )


class MarksForm(forms.Form):
    """How many of a panel must find a criterion relevant, and the kappa asked for on top."""

    beyond = _whole(
        _("Of 100, from 11 experts on"),
        least=1,
        most=WHOLE,
        help_text=_("For large panels one mark counts: 78 means 78 of 100."),
    )
    kappa = forms.ChoiceField(
        label=_("Modified kappa of each criterion"),
        required=False,
        help_text=_("Takes agreement by chance off; where it asks for more, it decides."),
    )

    def __init__(self, *args: Any, base: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        for n in SIZES:
            field = _whole(
                _now("Of %(n)d experts") % {"n": n}, least=1, most=int(_NUMBER), required=False
            )
            self.fields[f"of_{n}"] = field
        self.fields["kappa"].choices = list(self._kappas())  # type: ignore[attr-defined]

    def _kappas(self) -> Iterator[tuple[str, str]]:
        yield NO_MARK, _now("No mark: it is shown only")
        for mark in sorted({*_KAPPAS, self.base.kappa or _KAPPAS[0]}):
            said = {"mark": policy_words.hundredths(mark), "band": words.band(mark / 100)}
            yield str(mark), _now("At least %(mark)s (%(band)s)") % said

    def counts(self) -> list[forms.BoundField]:
        """The fields by panel size, the smallest first."""
        return [self[f"of_{n}"] for n in SIZES]

    def clean_kappa(self) -> int | None:
        value = self.cleaned_data["kappa"]
        return int(value) if value else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needed = {n: cleaned.get(f"of_{n}") for n in SIZES}
        for name, fault in policy_faults.of_counts(needed):
            if name not in self.errors:
                self.add_error(name, fault)
        if cleaned.get("beyond") and not any(f"of_{n}" in self.errors for n in SIZES):
            for name, fault in policy_faults.of_beyond(cleaned["beyond"], needed[SIZES[-1]]):
                self.add_error(name, fault)
        return cleaned

    def marks(self) -> Marks:
        """The marks as a policy keeps them; of a form that is valid."""
        needed = {n: self.cleaned_data[f"of_{n}"] for n in SIZES}
        return pass_table.marks_from(needed, self.cleaned_data["beyond"], self.base.marks)

    def previewed(self) -> tuple[Rules, dict[int, str]]:
        """What the fields that are right say so far, and by panel size what is wrong with others.

        A form that was not sent says what it starts with.
        """
        if not self.is_bound:
            return self.base, {}
        faults = {n: str(self.errors[f"of_{n}"][0]) for n in SIZES if f"of_{n}" in self.errors}
        if "beyond" in self.errors:
            faults[BEYOND] = str(self.errors["beyond"][0])
        right = getattr(self, "cleaned_data", {})
        needed = {n: right.get(f"of_{n}") for n in SIZES}
        beyond = right.get("beyond") or WHOLE
        table = pass_table.marks_from(needed, beyond, self.base.marks)
        return replace(self.base, marks=table, kappa=right.get("kappa")), faults


class PolicyForm(MarksForm):
    """A whole version; `base` is the number of the one it is made from."""

    number = forms.IntegerField(min_value=1, max_value=32_000, widget=forms.HiddenInput)
    name = LineFormField(label=_("Name"), help_text=_("By which people speak of it."))
    scale_ave = _whole(
        _("Mean over all criteria (S-CVI/Ave), of 100"),
        least=1,
        most=WHOLE,
        required=False,
        help_text=_("90 means 0.90. Empty: it is shown and decides nothing."),
    )
    scale_ua = _whole(
        _("Criteria on which all agree (S-CVI/UA), of 100"),
        least=1,
        most=WHOLE,
        required=False,
        help_text=_("80 means 0.80. Empty: it is shown and decides nothing."),
    )
    experts = _whole(
        _("Reviews of each country"),
        least=0,
        most=int(_NUMBER),
        help_text=_("Fewer handed in is “not enough evidence”, never a bad mark."),
    )
    practitioners = _whole(_("Of them by practitioners"), least=0, most=int(_NUMBER))
    lived = _whole(_("Of them with lived experience"), least=0, most=int(_NUMBER))
    most_missing = _whole(
        _("Percent of a panel that may leave a criterion out"),
        least=0,
        most=WHOLE,
        help_text=_("If more leave it without a rating, it is not judged."),
    )
    not_applicable = forms.ChoiceField(
        label=_("An answer “not applicable”"),
        choices=[
            (LEFT_OUT, _("is no rating: the panel of the criterion is smaller")),
            (AGAINST, _("counts as not relevant")),
        ],
        widget=forms.RadioSelect,
    )
    may_fail = _whole(
        _("Percent of criteria that may fail"),
        least=0,
        most=WHOLE,
        help_text=_("Up to it the version is revised and rated again; beyond it, not validated."),
    )
    editions = forms.ChoiceField(
        label=_("A translation"),
        choices=[
            (OWN_PANEL, _("needs a panel of its own")),
            (INHERIT, _("may take over the verdict of its source")),
        ],
        widget=forms.RadioSelect,
    )
    months = _whole(_("Months a verdict lasts"), least=1, most=MOST_MONTHS)

    @classmethod
    def after(cls, policy: ValidationPolicy, data: Any = None) -> PolicyForm:
        """The form of the version after `policy`, filled with what that one says."""
        held = rules.of(policy)
        counts = {f"of_{n}": enough for n, enough in pass_table.counts(held.marks).items()}
        initial = {name: getattr(held, name) for name in (*_PLAIN, "kappa")}
        initial |= {"beyond": marks.mark_of(BEYOND, held.marks), "number": policy.number}
        return cls(data, initial=initial | counts, base=held)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if set(_QUOTAS) <= set(cleaned):
            asked = Rules(**{name: cleaned[name] for name in _QUOTAS})
            for name, fault in policy_faults.of_quotas(asked):
                self.add_error(name, fault)
        return cleaned

    def held(self) -> Rules:
        """The rules as they would be frozen; of a form that is valid."""
        given = {name: self.cleaned_data[name] for name in (*_PLAIN, "kappa")}
        return Rules(**given, marks=self.marks())

    def typed(self) -> list[tuple[str, str]]:
        """What was typed but the number it follows, to be carried along hidden."""
        shown = ((field.html_name, field.value()) for field in self if field.name != "number")
        return [(name, "" if value is None else str(value)) for name, value in shown]
