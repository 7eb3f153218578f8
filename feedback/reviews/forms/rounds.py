"""Forms clean what is typed; the domain decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import TextFormField
from cop_platform.common.times import validate_day
from experts.enums import Role
from experts.models import Country, User
from feedback.reviews.domain.rounds import PANEL, Terms
from feedback.reviews.enums import Blindness
from feedback.reviews.forms.rubrics import rubric_field
from materials.models import Version

# As many versions as can be opened at once; more is a second group.
MOST_VERSIONS = 60
MOST_EXPERTS = 50
BLINDNESS = (
    (
        Blindness.BOTH,
        _("Hidden from authors and from each other: everybody is read by a code."),
    ),
    (
        Blindness.FROM_AUTHORS,
        _("Hidden from authors: reviewers see who of them wrote what once they discuss."),
    ),
    (
        Blindness.FROM_EACH_OTHER,
        _("Hidden from each other: only the authors see names, from the response on."),
    ),
    (
        Blindness.OPEN,
        _("Open: names stand beside reviews for all who read them."),
    ),
)


class DueDayForm(forms.Form):
    """By which day reviews are wanted."""

    due_on = forms.DateField(
        label=_("Reviews wanted by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )


class VersionsField(forms.ModelMultipleChoiceField):
    """Versions by the words people know them by."""

    def label_from_instance(self, obj: Any) -> str:
        return version_words(obj)


class RoundForm(DueDayForm):
    """Which versions are reviewed, by whose experts, until when, and who is hidden from whom."""

    versions = VersionsField(
        label=_("Versions"),
        queryset=Version.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each version gets a round of its own; they go through the phases together."),
        error_messages={"required": _("Choose at least one version.")},
    )
    countries = forms.ModelMultipleChoiceField(
        label=_("Countries on the panel"),
        queryset=Country.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rubric = rubric_field()
    instruction = TextFormField(
        label=_("What to look at"),
        limit=2000,
        required=False,
        help_text=_("Two sentences that every reviewer reads first."),
    )
    blindness = forms.ChoiceField(
        label=_("Who is hidden from whom"),
        choices=BLINDNESS,
        initial=Blindness.BOTH,
        widget=forms.RadioSelect,
    )
    accept_first = forms.BooleanField(
        label=_("Experts accept before they see the file"),
        initial=True,
        required=False,
        help_text=_("Until then they see what it is about, how long it is and by when."),
    )
    panel_size = forms.IntegerField(
        label=_("Experts of each country"), initial=PANEL, min_value=1, max_value=MOST_EXPERTS
    )
    quota_practitioners = forms.IntegerField(
        label=_("Practitioners, at least"), initial=0, min_value=0, max_value=MOST_EXPERTS
    )
    quota_lived = forms.IntegerField(
        label=_("People with lived experience, at least"),
        initial=0,
        min_value=0,
        max_value=MOST_EXPERTS,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = Version.objects.visible_to(user).select_related("material")
        ordered = versions.order_by("material__code", "language", "-number")
        self.fields["versions"].queryset = ordered  # type: ignore[attr-defined]
        countries = Country.objects.visible_to(user)
        field = self.fields["countries"]
        if user.access.is_manager:
            field.help_text = _("None ticked: experts of all countries are asked.")
        else:
            countries = countries.filter(pk__in=user.access.countries(Role.COORDINATOR))
            field.required = True
            # Who coordinates one country has nothing to choose.
            field.initial = [c.code for c in countries] if len(countries) == 1 else []
            field.error_messages["required"] = _("Choose a country that you coordinate.")
        field.queryset = countries  # type: ignore[attr-defined]

    def clean_versions(self) -> Any:
        found = self.cleaned_data["versions"]
        if len(found) > MOST_VERSIONS:
            raise forms.ValidationError(
                _("Choose at most %(n)d versions at once.") % {"n": MOST_VERSIONS}
            )
        return found

    def terms(self) -> Terms:
        """How the rounds are led, as the domain takes it."""
        given = self.cleaned_data
        return Terms(
            **{name: given[name] for name in given if name not in {"versions", "countries"}}
        )


def version_words(version: Version) -> str:
    """A version in a list of choices: M01 Mentor guide, v3 (English)."""
    material = version.material
    language = version.get_language_display()
    return f"{material.code} {material.title}, v{version.number} ({language})"
