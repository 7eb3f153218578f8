"""The forms of polls: what is asked, the times, the votes, and the end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineFormField, TextFormField
from cop_platform.common.times import city, to_utc, to_wall, validate_day, zone_names
from experts.models import CommunityOfPractice, Country, User
from sessions.domain import library
from sessions.domain.fair_data import Wish
from sessions.domain.fair_times import Search
from sessions.domain.poll_closing import Winner
from sessions.domain.poll_page import SlotLine
from sessions.domain.polls import MAX_SLOTS, PollPlan
from sessions.enums import Kind, Mode, Suits
from sessions.models import Poll, PollSlot

LOOKED_AT_WEEKS = 3
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PollForm(forms.Form):
    """What the session will be about, who hosts it, and until when people vote."""

    title = LineFormField(label=_("Title"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    host_cops = forms.ModelMultipleChoiceField(
        label=_("Host communities"),
        queryset=CommunityOfPractice.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = TextFormField(
        label=_("What for"), required=False, help_text=_("Two sentences that make people vote.")
    )
    minutes = forms.IntegerField(label=_("Duration in minutes"), min_value=5, max_value=1440)
    zone = forms.ChoiceField(
        label=_("Time zone of the poll"),
        help_text=_("It stays as it is; voters see every time in their own zone too."),
    )
    closes_day = forms.DateField(label=_("Votes until"), widget=DAY, validators=[validate_day])
    closes_clock = forms.TimeField(label=_("Until what time"), widget=CLOCK)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, poll: Poll | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll = poll
        cops = CommunityOfPractice.objects.visible_to(user).select_related("country")
        self.fields["host_cops"].queryset = cops.order_by("scope", "name")  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(name, name) for name in zone_names()]  # type: ignore[attr-defined]
        if poll:
            # Typed hours never move: the zone of a poll is what it was made in.
            del self.fields["zone"]
        self.countries = list(Country.objects.order_by("code"))
        for country in self.countries:
            self.fields[_quorum(country)] = forms.IntegerField(
                label=country.name, min_value=0, max_value=999, required=False
            )

    @property
    def quorum_fields(self) -> list[forms.BoundField]:
        return [self[_quorum(country)] for country in self.countries]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        hosts = cleaned.get("host_cops")
        if hosts is not None and all(cop.country_id for cop in hosts):
            own = {cop.country_id for cop in hosts}
            for country in self.countries:
                if cleaned.get(_quorum(country)) and country.pk not in own:
                    self.add_error(_quorum(country), _("Its community is not among the hosts."))
        return cleaned

    def take_version(self, version: int) -> None:
        """Lets the next save go on from what is stored now; the form must hold a copy of POST."""
        assert isinstance(self.data, QueryDict)
        self.data["version"] = str(version)

    def typed(self) -> dict[str, Any]:
        """What was sent, as it was typed: the page is shown again without a word of blame."""
        return {name: self[name].value() for name in self.fields}

    def wish(self, *, at: datetime) -> Wish | None:
        """What the fair-time finder is asked; None while hosts, zone or duration are missing."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        hosts, minutes = cleaned.get("host_cops"), cleaned.get("minutes")
        zone = self.poll.zone if self.poll else cleaned.get("zone")
        countries = [cop.country for cop in hosts or () if cop.country]
        if not (countries and minutes and zone):
            return None
        tomorrow = to_wall(at, zone).date() + timedelta(days=1)
        return Wish(countries, Search(tomorrow, LOOKED_AT_WEEKS, zone, minutes, at))

    def plan(self, slots: tuple[tuple[date, time], ...]) -> PollPlan:
        """The cleaned form as a plan."""
        cleaned = self.cleaned_data
        zone = self.poll.zone if self.poll else cleaned["zone"]
        end = datetime.combine(cleaned["closes_day"], cleaned["closes_clock"])
        return PollPlan(
            title=cleaned["title"],
            kind=cleaned["kind"],
            host_cops=tuple(cleaned["host_cops"]),
            purpose=cleaned["purpose"],
            zone=zone,
            minutes=cleaned["minutes"],
            closes_at=to_utc(end, zone, fold=0),
            slots=slots,
            quorums={c: n for c in self.countries if (n := cleaned.get(_quorum(c)))},
        )


def _quorum(country: Country) -> str:
    return f"quorum_{country.code}"


class SlotForm(forms.Form):
    """One time; an empty row is left out."""

    day = forms.DateField(label=_("Day"), required=False, widget=DAY, validators=[validate_day])
    clock = forms.TimeField(label=_("Start"), required=False, widget=CLOCK)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("clock", "") is None:
            self.add_error("clock", _("Say when it starts."))
        if cleaned.get("clock") is not None and cleaned.get("day", "") is None:
            self.add_error("day", _("Say which day."))
        return cleaned


class BaseSlotFormSet(BaseFormSet):
    """The times to choose from."""

    def clean(self) -> None:
        if not any(self.errors) and len(self.slots()) < 2:
            raise forms.ValidationError(_("Offer at least two different times."))

    def typed(self) -> list[dict[str, Any]]:
        """The rows as they were typed, empty ones too."""
        return [{name: form[name].value() for name in ("day", "clock")} for form in self.forms]

    def slots(self) -> tuple[tuple[date, time], ...]:
        """The filled rows as (day, clock), each once, in the order of time."""
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        return tuple(sorted({(row["day"], row["clock"]) for row in rows if row.get("day")}))


SlotFormSet = forms.formset_factory(
    SlotForm,
    formset=BaseSlotFormSet,
    extra=4,
    max_num=MAX_SLOTS,
    absolute_max=MAX_SLOTS + 10,
    validate_max=True,
)


def initial_for(kind: str, user: User) -> dict[str, Any]:
    """What a new poll's form starts with."""
    own = CommunityOfPractice.objects.run_by(user).filter(country=user.person.country)
    return {
        "kind": kind,
        "minutes": library.template_of(kind).minutes,
        "zone": user.person.zone,
        "host_cops": [cop.pk for cop in own],
        "closes_clock": time(18),
    }


def initial_from(poll: Poll) -> dict[str, Any]:
    """What an existing poll's form starts with."""
    names = ("title", "kind", "purpose", "minutes", "zone", "version")
    end = to_wall(poll.closes_at, poll.zone)
    initial: dict[str, Any] = {name: getattr(poll, name) for name in names}
    initial |= {
        "host_cops": [cop.pk for cop in poll.host_cops.all()],
        "closes_day": end.date(),
        "closes_clock": end.time(),
    }
    quorums = poll.quorums.select_related("country")
    return initial | {_quorum(q.country): q.people for q in quorums}


class VoteForm(forms.Form):
    """How each standing time suits; what is left out keeps what was said before."""

    def __init__(self, *args: Any, slots: list[PollSlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slot in slots:
            self.fields[f"slot_{slot.pk}"] = forms.ChoiceField(
                choices=Suits.choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Say for at least one time how it suits you."))
        return cleaned

    def votes(self) -> dict[int, str]:
        """Suits by slot."""
        return self._by_slot(self.cleaned_data)

    def typed(self) -> dict[int, str]:
        """What was sent and can be understood, so that a refused page shows it again."""
        return self._by_slot(self.cleaned_data) if self.is_bound and not self.is_valid() else {}

    def _by_slot(self, said: dict[str, Any]) -> dict[int, str]:
        return {int(name.removeprefix("slot_")): suits for name, suits in said.items() if suits}


class ZoneForm(forms.Form):
    """Another zone to read the times in."""

    zone = forms.ChoiceField(label=_("Show times in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, f"{city(name)} ({name})") for name in zone_names()]
        self.fields["zone"].choices = names  # type: ignore[attr-defined]

    def chosen(self, usual: str) -> str:
        """The zone asked for, or the usual one; anything else is the usual one too."""
        return (self.is_valid() and self.cleaned_data["zone"]) or usual


class CloseForm(forms.Form):
    """Which time wins, and where people meet then."""

    slot = forms.ChoiceField(
        label=_("The time"), error_messages={"required": _("Choose the time that wins.")}
    )
    mode = forms.ChoiceField(label=_("Where people meet"), choices=Mode.choices)
    place = LineFormField(label=_("Place"), required=False, help_text=_("Street, house, room."))
    online_link = forms.URLField(
        label=_("Online link"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, lines: list[SlotLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(line.pk), line.when.full_line()) for line in lines]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mode, link = cleaned.get("mode"), cleaned.get("online_link")
        if mode in {Mode.ONSITE, Mode.HYBRID} and not cleaned.get("place"):
            self.add_error("place", _("Say where people meet."))
        if mode in {Mode.ONLINE, Mode.HYBRID} and link == "":
            self.add_error("online_link", _("Add the link people join with."))
        if link and not link.startswith(("https://", "http://")):
            self.add_error("online_link", _("A link begins with https://"))
        return cleaned

    def winner(self) -> Winner:
        cleaned = self.cleaned_data
        return Winner(
            slot_id=int(cleaned["slot"]),
            mode=cleaned["mode"],
            place=cleaned["place"],
            online_link=cleaned["online_link"],
        )
