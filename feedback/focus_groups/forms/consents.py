"""What is typed about participants, their answers, and the words that are read to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cop_platform.common import sounds
from cop_platform.common.text import TextFormField
from feedback.focus_groups.domain.consenting import consents
from feedback.focus_groups.domain.consenting.participants import MOST_CODES, Details
from feedback.focus_groups.enums import AgeBand, Gender, Purpose
from feedback.focus_groups.models import Participant

# A text that is read aloud in a minute.
LONGEST_TEXT = 2000
_NOT_SAID = pgettext_lazy("a detail a participant keeps to themselves", "Not said")


class DetailsForm(forms.Form):
    """What somebody says of themselves; everything may stay empty."""

    language = forms.ChoiceField(
        label=_("Language to read in"),
        choices=[("", _NOT_SAID), *settings.PROJECT_LANGUAGES],
        required=False,
    )
    age_band = forms.ChoiceField(label=_("Age"), choices=AgeBand.choices, required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender.choices, required=False)
    uses_interpreter = forms.BooleanField(label=_("Speaks through an interpreter"), required=False)
    is_minor = forms.BooleanField(label=_("Is under 18"), required=False)
    guardian_agreed = forms.BooleanField(
        label=_("A guardian agreed as well"),
        help_text=_("Without it nothing that somebody under 18 says is kept."),
        required=False,
    )

    def details(self) -> Details:
        names = Details.__dataclass_fields__
        return Details(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def of(participant: Participant) -> dict[str, Any]:
        """What stands there now."""
        return {name: getattr(participant, name) for name in Details.__dataclass_fields__}


class AddForm(DetailsForm):
    """One more participant; `first` is the number the page showed as the next one."""

    first = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)
    people = 1


class SeveralForm(forms.Form):
    """So many codes at once, all with slips in one language."""

    first = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)
    people = forms.IntegerField(
        label=_("How many codes"),
        min_value=1,
        max_value=MOST_CODES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the slips"),
        choices=[("", _NOT_SAID), *settings.PROJECT_LANGUAGES],
        required=False,
    )

    def details(self) -> Details:
        return Details(language=self.cleaned_data["language"])


class AnswerForm(forms.Form):
    """Yes or no to one purpose, by the button that was pressed."""

    purpose = forms.ChoiceField(choices=[(p, p) for p in consents.ASKED_IN_GROUPS])
    given = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    was_read_aloud = forms.BooleanField(required=False)

    def said(self) -> dict[str, Any]:
        return {
            "purpose": self.cleaned_data["purpose"],
            "is_given": self.cleaned_data["given"] == "yes",
            "was_read_aloud": self.cleaned_data["was_read_aloud"],
        }


class PlaceForm(forms.Form):
    """Which text is looked at; the English notes where nothing is said."""

    purpose = forms.ChoiceField(choices=Purpose.choices)
    language = forms.ChoiceField(choices=settings.PROJECT_LANGUAGES)


class NewTextForm(forms.Form):
    """The next version of a purpose, in English."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    text = TextFormField(
        label=_("What is read"),
        limit=LONGEST_TEXT,
        help_text=_(
            "Short sentences, one idea each: what happens, who reads it, that refusing costs"
            " nothing, that we are no authority, how to take it back."
        ),
    )


class TranslationForm(forms.Form):
    """The words in another language."""

    text = TextFormField(label=_("What is read"), limit=LONGEST_TEXT)


class SoundForm(forms.Form):
    """A reading aloud; kept only when its content is a sound."""

    sound = forms.FileField(label=_("Sound file"), help_text=_("MP3, M4A, OGG, WebM or WAV, 8 MB."))

    def clean_sound(self) -> sounds.HeardSound:
        try:
            return sounds.accept(self.cleaned_data["sound"])
        except sounds.NotASound as error:
            raise forms.ValidationError(str(error)) from error
