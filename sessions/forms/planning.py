"""The form of a session and its agenda."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import (
    NoSuchTime,
    TwiceThatDay,
    city,
    validate_day,
    zone_names,
)
from experts.models import CommunityOfPractice, User
from materials.models import Material
from sessions.domain import language_paths, library
from sessions.domain.parts import KEEP
from sessions.domain.planning import SessionPlan
from sessions.enums import Kind, Mode
from sessions.forms.details import DetailFields, initial_of_details, initial_of_template
from sessions.models import CopSession

# Choosing a kind fills the form: on the server, which gets and gives back everything typed.
_FILLS_THE_FORM = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-target": "#session-form",
    "hx-select": "#session-form",
    "hx-swap": "outerHTML",
    "hx-vals": '{"use_kind": "select"}',
}


class SessionForm(DetailFields):
    """What a session is about, when and where."""

    title = LineFormField(label=_("Title"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices, widget=forms.Select(attrs=_FILLS_THE_FORM)
    )
    host_cops = forms.ModelMultipleChoiceField(
        label=_("Host communities"),
        queryset=CommunityOfPractice.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
    )
    clock = forms.TimeField(
        label=_("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    zone = forms.ChoiceField(label=_("Time zone"))
    fold = forms.TypedChoiceField(
        label=_("Which of the two"),
        choices=[("", _("Please choose")), ("0", _("The first")), ("1", _("The second"))],
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("That night the clocks go back and show this hour twice."),
    )
    minutes = forms.IntegerField(
        label=_("Duration in minutes"), min_value=5, max_value=1440, initial=90
    )
    mode = forms.ChoiceField(label=_("Where people meet"), choices=Mode.choices)
    place = LineFormField(label=_("Place"), required=False, help_text=_("Street, house, room."))
    online_link = forms.URLField(
        label=_("Online link"), required=False, max_length=500, assume_scheme="https"
    )
    purpose = TextFormField(
        label=_("What for"), required=False, help_text=_("Two sentences that make people come.")
    )
    materials = forms.ModelMultipleChoiceField(
        label=_("Materials on the table"),
        queryset=Material.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # The kind whose template filled the form: what still is its own gives way to another kind's.
    filled_kind = forms.CharField(widget=forms.HiddenInput, required=False)
    # Set by a page on which a kind was chosen after the agenda had been changed by hand.
    asks_to_replace = False

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        cops = CommunityOfPractice.objects.visible_to(user).select_related("country")
        self.fields["host_cops"].queryset = cops.order_by("scope", "name")  # type: ignore[attr-defined]
        materials = Material.objects.visible_to(user).order_by("code")
        self.fields["materials"].queryset = materials  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(name, name) for name in zone_names()]  # type: ignore[attr-defined]
        self.ask_fold = bool(self.data.get(self.add_prefix("fold")) or self.initial.get("fold"))

    def clean_online_link(self) -> str:
        link: str = self.cleaned_data["online_link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(_("A link begins with https://"))
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mode = cleaned.get("mode")
        somewhere = cleaned.get("place") or cleaned.get("room") or "room" in self.errors
        if mode in {Mode.ONSITE, Mode.HYBRID} and not somewhere:
            self.add_error("place", _("Say where people meet."))
        # A link that was typed and refused has its own error already.
        if mode in {Mode.ONLINE, Mode.HYBRID} and cleaned.get("online_link") == "":
            self.add_error("online_link", _("Add the link people join with."))
        return cleaned

    def plan(self, steps: tuple[tuple[str, int], ...]) -> SessionPlan:
        """The cleaned form as a plan."""
        several = {"host_cops", "materials"}
        wanted: dict[str, Any] = {
            k: tuple(v) if k in several else v
            for k, v in self.cleaned_data.items()
            if k in _OF_THE_PLAN
        }
        return SessionPlan(**wanted | self.detail_values(), steps=steps)

    def time_error(self, error: NoSuchTime | TwiceThatDay) -> None:
        """Says beside the field what is wrong with a wall time that is not unique."""
        place = {"city": city(self.cleaned_data["zone"])}
        if isinstance(error, NoSuchTime):
            text = _("The clocks in %(city)s skip this hour that night. Choose another time.")
            self.add_error("clock", text % place)
            return
        self.ask_fold = True
        text = _("The clocks in %(city)s show this hour twice that night. Which one is meant?")
        self.add_error("fold", text % place)


_OF_THE_PLAN = {f.name for f in fields(SessionPlan) if f.default is not KEEP}


class StepForm(forms.Form):
    """One row of the agenda; an empty row is left out."""

    title = LineFormField(label=_("Step"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=1440)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("title") and not cleaned.get("minutes") and "minutes" in cleaned:
            self.add_error("minutes", _("Say how many minutes."))
        if cleaned.get("minutes") and not cleaned.get("title") and "title" in cleaned:
            self.add_error("title", _("Name this step."))
        return cleaned


class BaseStepFormSet(BaseFormSet):
    """The agenda of a session."""

    def steps(self) -> tuple[tuple[str, int], ...]:
        """The filled rows as (title, minutes)."""
        rows = [form.cleaned_data for form in self.forms]
        return tuple((row["title"], row["minutes"]) for row in rows if row.get("title"))


StepFormSet = forms.formset_factory(
    StepForm, formset=BaseStepFormSet, extra=2, max_num=30, absolute_max=40, validate_max=True
)


def initial_for_kind(kind: str, user: User) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What a new session's form starts with: the kind's usual agenda, the planner's own zone."""
    template = library.template_of(kind)
    own = CommunityOfPractice.objects.run_by(user).filter(country=user.person.country)
    hosts = list(own.select_related("country"))
    initial = {
        "kind": kind,
        "filled_kind": kind,
        "zone": user.person.zone,
        "minutes": template.minutes,
        "mode": Mode.ONLINE,
        "host_cops": [cop.pk for cop in hosts],
        "languages": language_paths.usual(cop.country.language for cop in hosts if cop.country),
    }
    steps = [{"title": title, "minutes": minutes} for title, minutes in template.steps]
    return initial | initial_of_template(template), steps


def initial_from(session: CopSession) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What an existing session's form starts with."""
    names = ("title", "kind", "mode", "zone", "minutes", "place", "online_link", "purpose")
    initial: dict[str, Any] = {name: getattr(session, name) for name in names}
    initial |= {
        "day": session.wall_day,
        "clock": session.wall_clock,
        "version": session.version,
        "filled_kind": session.kind,
        "host_cops": [cop.pk for cop in session.host_cops.all()],
        "materials": [material.pk for material in session.materials.all()],
    }
    initial |= initial_of_details(session)
    steps = [{"title": step.title, "minutes": step.minutes} for step in session.steps.all()]
    return initial, steps


class CancelForm(forms.Form):
    """Why a session is cancelled; everybody invited reads it."""

    reason = LineFormField(
        label=_("Reason"), help_text=_("Everybody invited will read this sentence.")
    )
