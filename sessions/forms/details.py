"""The second rank of a session's form: days, room, languages, duties, seats, reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cop_platform.common import competences as frames
from cop_platform.common.text import TextFormField
from cop_platform.common.times import validate_day
from experts.fields import PersonField, label_of, offered_to
from experts.models import Country, User
from sessions.domain import house_rule
from sessions.domain.parts import CountryQuota, Holder
from sessions.enums import Duty, GuestRule
from sessions.forms.reminders import TOTAL, Line, RemindersField, lines, shown
from sessions.models import CopSession, KindTemplate, Room

INTERPRETERS = (1, 2, 3)
MAX_DOCUMENTS = 20
_LANGUAGES = [("", "–"), *settings.PROJECT_LANGUAGES]  # noqa: RUF001 a dash for "nothing"
SEATS = "seats_"


class DocumentsField(TextFormField):
    """One document a line."""

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MAX_DOCUMENTS:
            raise forms.ValidationError(
                _("At most %(n)d documents, please.") % {"n": MAX_DOCUMENTS}
            )
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("A document's name has at most 200 characters."))
        return tuple(lines)


class TemplateFields(forms.Form):
    """What the template of a kind fills in, besides agenda and duration."""

    duties_needed = forms.MultipleChoiceField(
        label=_("Roles needed"),
        choices=Duty.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    guest_rule = forms.ChoiceField(
        label=_("Who is asked"), choices=GuestRule.choices, required=False
    )
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_("Leave it empty for as many as come."),
    )
    reminders = RemindersField(label=_("Reminders"), required=False)
    documents = DocumentsField(
        label=_("Documents"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What must be at hand, one a line."),
    )
    chatham_house = forms.BooleanField(
        label=_("Chatham House rule"), required=False, help_text=house_rule.SENTENCE
    )

    @property
    def reminder_lines(self) -> list[Line]:
        """The table of reminders, row by row; errors stand beside their rows."""
        rows = self["reminders"].value() or []
        return lines(rows, with_errors=self.is_bound)

    def template_values(self) -> dict[str, Any]:
        """The cleaned fields as the domain takes them."""
        cleaned = self.cleaned_data
        return {
            "duties_needed": tuple(cleaned["duties_needed"]),
            "guest_rule": cleaned["guest_rule"] or GuestRule.CHOSEN,
            "capacity": cleaned["capacity"],
            "reminders": cleaned["reminders"],
            "documents": cleaned["documents"],
            "chatham_house": cleaned["chatham_house"],
        }


class DetailFields(TemplateFields):
    """Everything of the second rank; the names in `DETAILS` stand in the calm part of the form."""

    last_day = forms.DateField(
        label=_("Ends on another date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_day],
        required=False,
        help_text=_("Of a workshop over several days; calendars then show whole days."),
    )
    room = forms.ModelChoiceField(
        label=_("Room"),
        queryset=Room.objects.none(),
        required=False,
        empty_label=_("No room of ours"),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the session"),
        choices=settings.PROJECT_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick none for the language the host countries share, or English."),
    )
    competences = forms.MultipleChoiceField(
        label=_("Competences it trains"),
        choices=frames.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("At most three; they stand in what members learned and in certificates."),
    )
    facilitator = PersonField(label=_("Facilitator"))
    note_taker = PersonField(label=_("Note-taker"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        rooms = Room.objects.visible_to(user).select_related("country")
        field: Any = self.fields["room"]
        field.queryset = rooms
        field.label_from_instance = _room_label
        for number in INTERPRETERS:
            self.fields[f"interpreter_{number}"] = PersonField(label=_("Interpreter"))
            for side, label in (("from", _("between")), ("into", _("and"))):
                self.fields[f"interpreter_{number}_{side}"] = forms.ChoiceField(
                    label=label, choices=_LANGUAGES, required=False
                )
        self.countries = list(Country.objects.visible_to(user).order_by("code"))
        for country in self.countries:
            self.fields[SEATS + country.code] = forms.IntegerField(
                label=country.name, min_value=0, max_value=10_000, required=False
            )
        for person_field in self.fields.values():
            if isinstance(person_field, PersonField):
                person_field.user = user

    @property
    def people_offered(self) -> list[str]:
        """The names under the fields of people."""
        return offered_to(self.user)

    @property
    def interpreter_rows(self) -> Iterator[list[forms.BoundField]]:
        """Person and both languages, row by row."""
        for number in INTERPRETERS:
            name = f"interpreter_{number}"
            yield [self[name], self[f"{name}_from"], self[f"{name}_into"]]

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[SEATS + country.code] for country in self.countries]

    @property
    def opens_details(self) -> bool:
        """Whether a mistake hides in the calm part, which then stands open."""
        first_rank = {"title", "kind", "host_cops", "day", "clock", "zone", "fold", "minutes"}
        first_rank |= {"mode", "place", "online_link", "purpose", "materials", "room", "__all__"}
        first_rank |= {"chatham_house"}
        return self.is_bound and bool(set(self.errors) - first_rank)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_room(cleaned.get("room"), cleaned.get("capacity"))
        self._check_days(cleaned.get("day"), cleaned.get("last_day"))
        for number in INTERPRETERS:
            self._check_interpreter(f"interpreter_{number}", cleaned)
        return cleaned

    def clean_competences(self) -> tuple[str, ...]:
        """The chosen tags in the order of the frames."""
        chosen: list[str] = self.cleaned_data["competences"]
        if len(chosen) > frames.MOST:
            raise forms.ValidationError(_("Choose at most %(n)d competences.") % {"n": frames.MOST})
        return tuple(code for code in frames.NAMES if code in chosen)

    def _check_room(self, room: Room | None, capacity: int | None) -> None:
        if room and room.seats and capacity and capacity > room.seats:
            text = _("The room has %(n)d seats.") % {"n": room.seats}
            self.add_error("capacity", text)

    def _check_days(self, day: date | None, last_day: date | None) -> None:
        if day and last_day and last_day < day:
            self.add_error("last_day", _("The last day lies before the first."))

    def _check_interpreter(self, name: str, cleaned: dict[str, Any]) -> None:
        pair = {cleaned.get(f"{name}_from"), cleaned.get(f"{name}_into")} - {"", None}
        if cleaned.get(name) and len(pair) < 2:
            self.add_error(f"{name}_from", _("Choose the two languages."))
        if pair and not cleaned.get(name) and name in cleaned:
            self.add_error(name, _("Say who interprets."))

    def detail_values(self) -> dict[str, Any]:
        """The cleaned fields as a SessionPlan takes them; none where the form came without them."""
        cleaned = self.cleaned_data
        if TOTAL not in self.data:
            return {}
        last_day = cleaned["last_day"]
        return self.template_values() | {
            # One and the same day is no workshop.
            "last_day": last_day if last_day != cleaned["day"] else None,
            "room": cleaned["room"],
            "languages": tuple(cleaned["languages"]),
            "competences": cleaned["competences"],
            "duties": tuple(self._holders()),
            "seats": tuple(
                CountryQuota(country, cleaned[SEATS + country.code])
                for country in self.countries
                if cleaned[SEATS + country.code] is not None
            ),
        }

    def _holders(self) -> Iterator[Holder]:
        cleaned = self.cleaned_data
        for name, duty in (("facilitator", Duty.FACILITATOR), ("note_taker", Duty.NOTE_TAKER)):
            if cleaned[name]:
                yield Holder(cleaned[name], duty)
        for number in INTERPRETERS:
            name = f"interpreter_{number}"
            if cleaned[name]:
                pair = (cleaned[f"{name}_from"], cleaned[f"{name}_into"])
                yield Holder(cleaned[name], Duty.INTERPRETER, pair)


def _room_label(room: Room) -> str:
    seats = _("%(n)d seats") % {"n": room.seats} if room.seats else ""
    return ", ".join(str(part) for part in (room.country.code, room.name, seats) if part)


def initial_of_template(template: KindTemplate) -> dict[str, Any]:
    """The fields of a kind's template as a form shows them."""
    return {
        "duties_needed": template.duties_needed,
        "guest_rule": template.guest_rule,
        "capacity": template.capacity,
        "reminders": shown(template.reminders),
        "documents": "\n".join(template.documents),
        "chatham_house": template.chatham_house,
    }


def initial_of_details(session: CopSession) -> dict[str, Any]:
    """The second rank of an existing session as its form shows it."""
    initial: dict[str, Any] = {
        "last_day": session.last_day,
        "room": session.room_id,
        "languages": session.languages,
        "competences": session.competences,
        "duties_needed": session.duties_needed,
        "guest_rule": session.guest_rule,
        "capacity": session.capacity,
        "reminders": shown(session.reminders),
        "documents": "\n".join(session.documents),
        "chatham_house": session.chatham_house,
    }
    for quota in session.country_seats.select_related("country"):
        initial[SEATS + quota.country.code] = quota.seats
    numbers = iter(INTERPRETERS)
    for holder in session.duty_holders.select_related("person__country"):
        if holder.duty != Duty.INTERPRETER:
            initial.setdefault(holder.duty, label_of(holder.person))
        elif number := next(numbers, 0):
            name = f"interpreter_{number}"
            pair = [*holder.languages, "", ""]
            initial |= {
                name: label_of(holder.person),
                f"{name}_from": pair[0],
                f"{name}_into": pair[1],
            }
    return initial
