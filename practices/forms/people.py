"""Forms of members to members: buddies, words, offers and needs, help, the first run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import validate_day
from experts.fields import CountryField, PersonField, offered_to
from experts.models import Charter, Country, Person, Topic, User
from practices.enums import FirstStep, HelpKind, Met, Wish
from practices.models.people import MOST_MINUTES

MOST_WORDS = 600


class BuddyForm(forms.Form):
    """Who becomes the buddy."""

    buddy = forms.IntegerField(min_value=1, max_value=2**31)


class AcceptCharterForm(forms.Form):
    """The version of the charter that was read."""

    charter = forms.ModelChoiceField(
        queryset=Charter.objects.current(),
        error_messages={
            "invalid_choice": _("The charter changed while you read it. This is the new one.")
        },
    )


class WordsForm(forms.Form):
    """A few words to one person."""

    words = TextFormField(
        label=_("Your words"), limit=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )


class CoffeeForm(forms.Form):
    """Whether somebody takes part in coffee rounds."""

    coffee = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class MetForm(forms.Form):
    """What became of a pair."""

    said = forms.ChoiceField(choices=[choice for choice in Met.choices if choice[0]])


class SwitchForm(forms.Form):
    """Shown or not, open or closed."""

    shown = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class ExchangeForm(forms.Form):
    """A new offer or need."""

    wish = forms.ChoiceField(label=_("What it is"), choices=Wish.choices, widget=forms.RadioSelect)
    words = LineFormField(
        label=_("What"),
        limit=200,
        help_text=_("Such as: two hours of advice on papers of nurses. No names of migrants."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.PROJECT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
        help_text=_("It is shown until this day, a year at most."),
    )


class ExchangeFilterForm(forms.Form):
    """What offers and needs are narrowed to."""

    wish = forms.ChoiceField(
        label=_("Offers and needs"), choices=[("", _("Both")), *Wish.choices], required=False
    )
    country = CountryField()
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.PROJECT_LANGUAGES],
        required=False,
    )


class HelpForm(forms.Form):
    """A line of the help log."""

    kind = forms.ChoiceField(label=_("How you helped"), choices=HelpKind.choices)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES)
    on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )
    to_person = PersonField(
        label=_("Whom"), help_text=_("Start typing a name. You need not name anybody.")
    )
    to_country = forms.ModelChoiceField(
        label=_("or which country"),
        queryset=Country.objects.none(),
        required=False,
        empty_label=_("No country named"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.offered = user, offered_to(user)
        self.fields["to_person"].user = user  # type: ignore[attr-defined]
        self.fields["to_country"].queryset = Country.objects.all()  # type: ignore[attr-defined]

    def clean_to_person(self) -> Person | None:
        helped: Person | None = self.cleaned_data["to_person"]
        if helped == self.user.person:
            raise ValidationError(_("Name somebody else: this is help you gave to others."))
        return helped

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("to_person") and said.get("to_country"):
            self.add_error("to_country", _("Name a person or a country, not both."))
        return said


class StepForm(forms.Form):
    """Which step of the first run is over."""

    step = forms.ChoiceField(choices=FirstStep.choices)


class TopicsForm(forms.Form):
    """Topics and languages to confirm."""

    topics = forms.ModelMultipleChoiceField(
        label=_("Topics you would like to hear of"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=settings.PROJECT_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one language at least.")},
    )

    def __init__(self, *args: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]
