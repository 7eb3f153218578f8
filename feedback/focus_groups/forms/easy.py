"""Forms about forms: what is planned, one question, the words of a language, a rule of surveys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from cop_platform.common.times import validate_day
from experts.models import Country, User
from feedback.focus_groups.domain.easy import guest_words, standard_questions
from feedback.focus_groups.domain.easy.editing import FormPlan
from feedback.focus_groups.domain.easy.questions import MAX_QUESTION
from feedback.focus_groups.enums import HOSTS, AnswerKind, Voice
from feedback.focus_groups.forms.said import version_words
from feedback.focus_groups.models import EasyForm, EasyQuestion
from materials.models import Version

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_USUAL_DAYS = timedelta(days=27)
# A form is open for a term at most: what people said later is about something else.
_LONGEST = timedelta(days=366)


class _VersionChoice(forms.ModelChoiceField):
    def label_from_instance(self, version: Any) -> str:
        return version_words(version)


class _Languages(forms.MultipleChoiceField):
    """Languages as boxes to tick, at least one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Languages offered"),
            choices=settings.PROJECT_LANGUAGES,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class PlanForm(forms.Form):
    """What is planned of a form."""

    title = LineFormField(
        label=_("Title"), help_text=_("For you and your colleagues; guests see the questions.")
    )
    voice = forms.ChoiceField(label=_("For whom"), choices=Voice.choices)
    version = _VersionChoice(
        label=_("About which version"),
        queryset=Version.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    languages = _Languages()
    opens_on = forms.DateField(label=_("First day"), widget=_DAY, validators=[validate_day])
    closes_on = forms.DateField(label=_("Last day"), widget=_DAY, validators=[validate_day])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Version.objects.visible_to(user).select_related("material")
        field: Any = self.fields["version"]
        field.queryset = visible.order_by("material__code", "-number")

    @classmethod
    def of(cls, form: EasyForm, user: User, data: Any = None) -> PlanForm:
        names = ("title", "voice", "version", "languages", "opens_on", "closes_on")
        return cls(data, user=user, initial={name: getattr(form, name) for name in names})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _now("The last day is before the first one."))
        elif first and last and last - first > _LONGEST:
            self.add_error("closes_on", _now("A form is open for one year at most."))
        return cleaned

    @property
    def plan(self) -> FormPlan:
        names = ("title", "voice", "version", "languages", "opens_on", "closes_on")
        return FormPlan(**{name: self.cleaned_data[name] for name in names})


class NewForm(PlanForm):
    """A new form: in which country, from which template."""

    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), empty_label=None
    )
    template = forms.ChoiceField(
        choices=[("", ""), *((key, key) for key in standard_questions.TEMPLATES)],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, user: User, today: date, template: str, **kwargs: Any) -> None:
        chosen = standard_questions.template(template)
        initial = {
            "template": chosen.key if chosen else "",
            "voice": chosen.voice if chosen else Voice.MIGRANT,
            "title": str(chosen.name) if chosen else "",
            "languages": _usual(chosen.voice if chosen else Voice.MIGRANT),
            "opens_on": today,
            "closes_on": today + _USUAL_DAYS,
        }
        super().__init__(*args, user=user, initial=initial, **kwargs)
        field: Any = self.fields["country"]
        field.queryset = countries(user)


class RuleForm(forms.Form):
    """The rule that opens a survey after each release."""

    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), empty_label=None
    )
    template = forms.ChoiceField(
        label=_("Questions"),
        choices=[
            (template.key, template.name)
            for template in standard_questions.TEMPLATES.values()
            if template.voice == Voice.MENTOR
        ],
    )
    title = LineFormField(
        label=_("Title"), initial=_("After use"), help_text=_("The code of the material is added.")
    )
    release_days = forms.IntegerField(
        label=_("Days after the release"), min_value=1, max_value=365, initial=30
    )
    open_days = forms.IntegerField(
        label=_("Open for so many days"), min_value=1, max_value=120, initial=21
    )
    languages = _Languages()

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"languages": _usual(Voice.MENTOR)})
        field: Any = self.fields["country"]
        field.queryset = countries(user)


class QuestionForm(forms.Form):
    """One question in English, and how it is answered."""

    text = LineFormField(
        label=_("Question in English"),
        limit=MAX_QUESTION,
        help_text=_("One thing only, in up to fifteen short words."),
    )
    kind = forms.ChoiceField(label=_("Answer"), choices=AnswerKind.choices)

    @classmethod
    def of(cls, question: EasyQuestion | None, data: Any = None) -> QuestionForm:
        if question is None:
            return cls(data)
        return cls(data, initial={"text": question.said("en"), "kind": question.kind})


class WordsForm(forms.Form):
    """The questions of a form in one language, each with a recording if there is one."""

    def __init__(
        self, data: Any, files: Any, *, questions: Iterable[EasyQuestion], language: str
    ) -> None:
        super().__init__(data, files)
        self.questions = list(questions)
        is_needed = language == "en"
        spoken = {"lang": language, "dir": guest_words.direction(language)}
        for question in self.questions:
            self.fields[f"text_{question.pk}"] = LineFormField(
                label=question.said("en"),
                limit=MAX_QUESTION,
                required=is_needed,
                initial=question.texts.get(language, ""),
                widget=forms.TextInput(attrs=spoken),
            )
            self.fields[f"audio_{question.pk}"] = forms.FileField(
                label=_now("Read aloud: %(question)s") % {"question": question.said("en")},
                required=False,
                widget=forms.FileInput(attrs={"accept": "audio/*"}),
            )
            self.fields[f"silence_{question.pk}"] = forms.BooleanField(
                label=_now("Take the recording away"), required=False
            )

    @property
    def texts(self) -> dict[int, str]:
        """What was typed, by the key of its question."""
        return {row.pk: self.cleaned_data[f"text_{row.pk}"] for row in self.questions}


def countries(user: User) -> Any:
    """Where somebody may make forms."""
    found = Country.objects.order_by("code")
    return found if user.access.is_manager else found.filter(pk__in=user.access.countries(*HOSTS))


def _usual(voice: str) -> list[str]:
    """Languages to begin with: those of participants, or those of the partners."""
    codes = [code for code, _name in settings.PROJECT_LANGUAGES]
    return codes if voice == Voice.MIGRANT else codes[:7]
