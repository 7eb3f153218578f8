"""Forms of a focus group: its plan, what is told of it, its numbers, the filter of the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField
from experts import reference
from experts.models import User
from feedback.focus_groups.domain.guides import guides
from feedback.focus_groups.domain.planning.group_parts import InterpreterPlan
from feedback.focus_groups.domain.planning.planning import TOLD, GroupPlan
from feedback.focus_groups.enums import HOSTS, Composition, Recruited, Voice
from feedback.focus_groups.forms.said import version_words
from feedback.focus_groups.models import LARGEST, SMALLEST, FocusGroup, Guide
from feedback.focus_groups.querysets import shown_first
from materials.models import Version
from sessions.models import CopSession

INTERPRETERS = (1, 2, 3)
MAX_LABEL = 60
MAX_TOLD = 4000
# More people than a hall holds: a slip of the finger.
MAX_PEOPLE = 500
_LANGUAGES = [("", "–"), *settings.PROJECT_LANGUAGES]  # noqa: RUF001 a dash for "nothing"


class GuideChoice(forms.ModelChoiceField):
    """Guides by name and revision."""

    def label_from_instance(self, guide: Any) -> str:
        words = {"name": guide.name, "n": guide.revision, "voice": guide.get_voice_display()}
        return _now("%(voice)s: %(name)s, revision %(n)d") % words


class VersionChoice(forms.ModelMultipleChoiceField):
    """Versions by material, number and language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, version: Any) -> str:
        return version_words(version)


class GroupForm(forms.Form):
    """Who is heard about what, with which guide and whose help."""

    voice = forms.ChoiceField(label=_("Who is heard"), choices=Voice.choices)
    guide = GuideChoice(
        label=_("Guide"),
        queryset=Guide.objects.none(),
        required=False,
        empty_label=_("The usual one for these people"),
    )
    versions = VersionChoice(
        label=_("On the table of this session"), queryset=Version.objects.none(), required=False
    )
    more_versions = VersionChoice(
        label=_("Other versions"), queryset=Version.objects.none(), required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=settings.PROJECT_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    composition = forms.ChoiceField(
        label=_("Who sits together"),
        choices=Composition.choices,
        help_text=_("People speak more freely among those like themselves."),
    )
    fewest = forms.IntegerField(
        label=_("People, at least"), min_value=1, max_value=30, initial=SMALLEST
    )
    most = forms.IntegerField(
        label=_("People, at most"), min_value=1, max_value=30, initial=LARGEST
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        user: User,
        session: CopSession,
        group: FocusGroup | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        table, more = shown_first(Version.objects.visible_to(user), session, group)
        self._offer("versions", table)
        self._offer("more_versions", more)
        kept = Guide.objects.filter(pk=group.guide_id) if group else Guide.objects.none()
        self._offer("guide", (guides.offered() | kept).order_by("voice", "name", "revision"))
        for number in INTERPRETERS:
            self._add_interpreter(number)

    def _offer(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def _add_interpreter(self, number: int) -> None:
        name = f"interpreter_{number}"
        self.fields[name] = LineFormField(
            label=_now("Label of interpreter %(n)d") % {"n": number},
            limit=MAX_LABEL,
            required=False,
        )
        for side, label in (("from", _("between")), ("into", _("and"))):
            self.fields[f"{name}_{side}"] = forms.ChoiceField(
                label=label, choices=_LANGUAGES, required=False
            )
        self.fields[f"{name}_briefed"] = forms.BooleanField(
            label=_now("Interpreter %(n)d was briefed on confidentiality") % {"n": number},
            required=False,
        )

    @property
    def interpreter_rows(self) -> Iterable[list[forms.BoundField]]:
        """The fields of each interpreter."""
        sides = ("", "_from", "_into", "_briefed")
        return [[self[f"interpreter_{n}{side}"] for side in sides] for n in INTERPRETERS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        fewest, most = cleaned.get("fewest"), cleaned.get("most")
        if fewest and most and most < fewest:
            self.add_error("most", _now("This is fewer than the least you expect."))
        for number in INTERPRETERS:
            self._clean_interpreter(f"interpreter_{number}", cleaned)
        labels = [cleaned.get(f"interpreter_{n}") for n in INTERPRETERS]
        if len(set(filter(None, labels))) < len(list(filter(None, labels))):
            self.add_error("interpreter_1", _now("Two interpreters have the same label."))
        self._clean_guide(cleaned)
        return cleaned

    def _clean_interpreter(self, name: str, cleaned: dict[str, Any]) -> None:
        one, other = cleaned.get(f"{name}_from"), cleaned.get(f"{name}_into")
        if cleaned.get(name) and (not one or not other or one == other):
            self.add_error(name, _now("Choose two languages that this interpreter speaks."))
        if not cleaned.get(name) and name not in self.errors and (one or other):
            self.add_error(name, _now("Give a label, like “Interpreter 1”; never a name."))

    def _clean_guide(self, cleaned: dict[str, Any]) -> None:
        """The usual guide where none was chosen."""
        if cleaned.get("guide") or "guide" in self.errors or not cleaned.get("voice"):
            return
        cleaned["guide"] = guides.offered().filter(voice=cleaned["voice"]).last()
        if cleaned["guide"] is None:
            self.add_error("guide", _now("There is no guide for these people yet."))

    def plan(self) -> GroupPlan:
        """The cleaned form as a plan."""
        cleaned = self.cleaned_data
        return GroupPlan(
            voice=cleaned["voice"],
            guide=cleaned["guide"],
            versions=(*cleaned["versions"], *cleaned["more_versions"]),
            languages=tuple(cleaned["languages"]),
            fewest=cleaned["fewest"],
            most=cleaned["most"],
            composition=cleaned["composition"],
            interpreters=tuple(
                InterpreterPlan(
                    cleaned[name],
                    (cleaned[f"{name}_from"], cleaned[f"{name}_into"]),
                    cleaned[f"{name}_briefed"],
                )
                for name in (f"interpreter_{n}" for n in INTERPRETERS)
                if cleaned[name]
            ),
        )


def initial_for(session: CopSession) -> dict[str, Any]:
    """What a new plan starts with: migrants are heard, in the session's languages."""
    return {
        "voice": Voice.MIGRANT,
        "composition": Composition.MIXED,
        "languages": list(session.languages),
    }


def initial_from(group: FocusGroup) -> dict[str, Any]:
    """What the form of an existing plan starts with."""
    names = ("voice", "composition", "fewest", "most", "languages", "revision")
    initial: dict[str, Any] = {name: getattr(group, name) for name in names}
    chosen = [version.pk for version in group.versions.all()]
    initial |= {"guide": group.guide_id, "versions": chosen, "more_versions": chosen}
    for number, interpreter in zip(INTERPRETERS, group.interpreters.all(), strict=False):
        name = f"interpreter_{number}"
        one, other = (*interpreter.languages, "", "")[:2]
        initial |= {
            name: interpreter.label,
            f"{name}_from": one,
            f"{name}_into": other,
            f"{name}_briefed": interpreter.is_briefed,
        }
    return initial


class ToldForm(forms.Form):
    """How the group was run, as its report tells it; everything may stay empty."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TOLD:
            model_field: Any = FocusGroup._meta.get_field(name)
            limit = model_field.max_length or MAX_TOLD
            field = model_field.formfield(limit=limit, help_text=_HELP.get(name, ""))
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
            self.fields[name] = field

    def told(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TOLD}


_HELP = {
    "recruitment": _("Where and by whom people were asked. No names."),
    "refusals": _("Only what was said unasked: nobody has to give a reason."),
    "relation": _("Teacher, adviser, stranger; what participants knew of the moderator."),
    "training": _("Of moderator, note-taker and interpreter."),
    "others_present": _("A child, a colleague who looked in; nobody by name."),
    "setting": _("Room, seats, food, childcare, noise."),
    "incidents": _("Somebody was upset, somebody had to leave; what was done."),
    "silences": _("Where people disagreed, and what nobody wanted to talk about."),
    "returned": _("When and how the results were given back."),
}


class NumbersForm(forms.Form):
    """How many people were asked, said no, said yes, came and left."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in Recruited:
            self.fields[step.value] = forms.IntegerField(
                label=step.label, min_value=0, max_value=MAX_PEOPLE, required=False
            )

    def counts(self) -> dict[str, int | None]:
        return {step: self.cleaned_data[step] for step in Recruited.values}


class GroupFilterForm(forms.Form):
    """What the list of groups is narrowed to; countries are those this person plans in."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    voice = forms.ChoiceField(
        label=_("Who is heard"), choices=[("", _("All")), *Voice.choices], required=False
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        own = user.access.countries(*HOSTS)
        seen = [c for c in reference.countries() if user.access.is_manager or c.pk in own]
        field: Any = self.fields["country"]
        field.choices = [("", _("All countries")), *((c.code, c.name) for c in seen)]
        if len(seen) < 2:
            del self.fields["country"]

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())
