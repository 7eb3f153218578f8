"""What is typed about a practice: its card, what is said beside it, checks and adoptions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from experts import reference
from experts.fields import CountryField
from experts.models import Country, User
from materials.models import Material
from practices.domain.practices import filters, topics
from practices.domain.practices.cards import About, Card
from practices.domain.practices.filters import PracticeFilter
from practices.enums import Inclusion, Maturity
from practices.models import Practice, PracticeVersion
from practices.models.practices import LICENCES

MOST_TAGS = 8
_LONG = 5000
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)


def _text(label: Any, hint: Any = "", *, required: bool = False, rows: int = 4) -> TextFormField:
    widget = forms.Textarea(attrs={"rows": rows})
    return TextFormField(label=label, required=required, help_text=hint, limit=_LONG, widget=widget)


class CardForm(forms.Form):
    """A version's card. Of a later version what changed is asked as well."""

    title = LineFormField(label=_("Title"), limit=120)
    place = LineFormField(
        label=_("Place"), required=False, help_text=_("Where it is done, as a reading room.")
    )
    language = forms.ChoiceField(
        label=_("Language of this card"), choices=settings.PROJECT_LANGUAGES
    )
    need = _text(_("The need it answers"), _("Who had which difficulty?"), required=True)
    steps = _text(
        _("Steps"),
        _("One line for each step, so that somebody else can do it tomorrow."),
        required=True,
        rows=8,
    )
    resources = _text(_("What it takes"), _("People, hours, rooms, things, money."))
    result = _text(_("What came of it"), _("What is different for whom?"))
    evidence = _text(_("How we know"), _("Numbers with their n, what was seen, who said so."))
    lessons = _text(_("Lessons"), _("What went wrong, and what you would do differently."))
    conditions = _text(_("What must be there for it to work"))
    adaptable = _text(_("What can be changed"), _("And what should stay as it is."))
    licence = forms.ChoiceField(label=_("Licence"), choices=LICENCES)
    inclusion = forms.MultipleChoiceField(
        label=_("Looked at for"),
        required=False,
        choices=Inclusion.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what holds; the card shows the others as open."),
    )
    what_changed = LineFormField(
        label=_("What changed"),
        help_text=_("One sentence for those who use the version before."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, number: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if number == 1:
            del self.fields["what_changed"]

    def card(self) -> Card:
        names = Card.__dataclass_fields__
        said = {name: value for name, value in self.cleaned_data.items() if name in names}
        order = [choice.value for choice in Inclusion]
        said["inclusion"] = tuple(sorted(said["inclusion"], key=order.index))
        return Card(**said)

    @property
    def revision_sent(self) -> int:
        """The revision that was opened; 0, which no version has, for none."""
        return self.cleaned_data.get("revision") or 0


class AboutForm(forms.Form):
    """What is said of a practice beside its versions."""

    topic = forms.TypedChoiceField(label=_("Topic"), required=False, coerce=int, empty_value=None)
    tags = LineFormField(
        label=_("Tags"),
        required=False,
        help_text=_("A few words, with commas between them, as: first meeting, no laptop."),
    )
    materials = LineFormField(
        label=_("Materials it goes with"),
        required=False,
        help_text=_("Their codes, with commas between them, as: M01, M05."),
    )
    started_on = forms.DateField(
        label=_("In use since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        country: Country,
        today: date,
        practice: Practice | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.country, self.today = user, country, today
        names = {topic.pk: topic.name for topic in topics.of(country)}
        if practice is not None and practice.topic is not None:
            names[practice.topic.pk] = practice.topic.name
        field = self.fields["topic"]
        if practice is not None and (lost := topics.lost(practice)):
            said = _("The idea stood under “%(topic)s”, which no charter names now. Choose one.")
            field.help_text = said % {"topic": lost}
        field.choices = [("", _("None of them")), *names.items()]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = topics.foreign(country)

    def clean_tags(self) -> tuple[str, ...]:
        tags = _listed(self.cleaned_data["tags"])
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("Give at most %(n)d tags."), params={"n": MOST_TAGS})
        long = [tag for tag in tags if len(tag) > 40]
        if long:
            raise ValidationError(
                _("A tag has at most 40 characters; “%(tag)s” has more."), params={"tag": long[0]}
            )
        return tuple(dict.fromkeys(tag.lower() for tag in tags))

    def clean_materials(self) -> tuple[Material, ...]:
        codes = list(dict.fromkeys(c.upper() for c in _listed(self.cleaned_data["materials"])))
        found = {m.code: m for m in Material.objects.visible_to(self.user).filter(code__in=codes)}
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise ValidationError(
                _("No material has the code %(code)s."), params={"code": unknown[0][:20]}
            )
        return tuple(found[code] for code in codes)

    def clean_started_on(self) -> date:
        day: date = self.cleaned_data["started_on"]
        if not _EARLIEST <= day <= self.today:
            raise ValidationError(_("Give a day between the year 2000 and today."))
        return day

    def about(self) -> About:
        data = self.cleaned_data
        return About(
            started_on=data["started_on"],
            topic_id=data["topic"],
            tags=data["tags"],
            materials=data["materials"],
        )


class WhereForm(forms.Form):
    """The country of a new practice, for those who belong to none."""

    country = CountryField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        field.required = True
        field.choices = [(c.code, c.name) for c in reference.countries()]  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """A check passes, or gives the card back with questions."""

    PASS, GIVE_BACK = "pass", "return"

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(PASS, _("It passes")), (GIVE_BACK, _("Back to the author with questions"))],
        widget=forms.RadioSelect,
    )
    why = TextFormField(
        label=_("Your questions"),
        required=False,
        limit=2000,
        help_text=_("The author reads them; say what is missing and why it matters."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.GIVE_BACK and not cleaned.get("why"):
            self.add_error("why", _("Say what you ask; nobody can answer silence."))
        return cleaned


class RetireForm(forms.Form):
    """Why a practice is no longer recommended."""

    why = LineFormField(
        label=_("Why it is no longer recommended"),
        help_text=_("Members who open it read this first."),
    )


class PracticeFilterForm(forms.Form):
    """What the list is narrowed to; anything else is refused."""

    in_more = ("language", "tag", "retired")

    q = LineFormField(label=_("Search"), required=False, limit=100)
    country = CountryField()
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    maturity = forms.ChoiceField(
        label=_("Maturity"), choices=[("", _("All steps")), *Maturity.choices], required=False
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All languages")), *settings.PROJECT_LANGUAGES],
        required=False,
    )
    tag = LineFormField(label=_("Tag"), required=False, limit=40)
    retired = forms.BooleanField(label=_("No longer recommended"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, name) for name in filters.topic_names()]
        self.fields["topic"].choices = [("", _("All topics")), *names]  # type: ignore[attr-defined]

    def wanted(self) -> PracticeFilter:
        return PracticeFilter(**self.cleaned_data)

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())


def card_of(version: PracticeVersion) -> dict[str, Any]:
    """What stands in a version, to be changed."""
    names = [name for name in CardForm.base_fields if name != "what_changed"]
    return {name: getattr(version, name) for name in names} | {"what_changed": version.what_changed}


def about_of(practice: Practice) -> dict[str, Any]:
    """What is said of a practice, to be changed."""
    return {
        "topic": practice.topic_id,
        "tags": ", ".join(practice.tags),
        "materials": ", ".join(m.code for m in practice.materials.order_by("code")),
        "started_on": practice.started_on,
    }


def _listed(line: str) -> list[str]:
    return [part.strip() for part in line.split(",") if part.strip()]
