"""What a person chooses about mails and notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from experts.domain.quiet import Habits
from experts.domain.wishes import CHOSEN_TOPICS, Wishes
from experts.enums import Cadence, Channel, Topic

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
SHOWN = [(Cadence.AT_ONCE, _("Yes")), (Cadence.OFF, _("No"))]
MAILED = Cadence.choices


class PreferencesForm(forms.Form):
    """Topic by topic how often mails come and whether it is shown on the platform; quiet hours.

    `shown` is False for somebody without an account, who sees nothing on the platform.
    """

    quiet_from = forms.TypedChoiceField(label=_("Quiet from"), choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(label=_("Quiet until"), choices=HOURS, coerce=int)
    weekends = forms.BooleanField(
        label=_("Mails may also come on Saturdays and Sundays"), required=False
    )

    def __init__(self, *args: Any, chosen: Wishes, shown: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {**vars(chosen.habits), **_initial(chosen)})
        super().__init__(*args, **kwargs)
        self._chosen, self._shown = chosen, shown
        for topic in CHOSEN_TOPICS:
            self._ask(topic, Channel.MAIL, _("By mail"), MAILED)
            if shown:
                self._ask(topic, Channel.APP, _("On the platform"), SHOWN)

    def _ask(self, topic: Topic, channel: Channel, label: Any, choices: list[Any]) -> None:
        self.fields[_name(topic, channel)] = forms.ChoiceField(label=label, choices=choices)

    def topics(self) -> Iterator[tuple[Topic, list[BoundField]]]:
        """Each topic with its fields, for the page."""
        for topic in CHOSEN_TOPICS:
            names = [_name(topic, channel) for channel in Channel]
            yield topic, [self[name] for name in names if name in self.fields]

    def hours(self) -> list[BoundField]:
        """The two ends of the quiet hours."""
        return [self["quiet_from"], self["quiet_until"]]

    def wishes(self) -> Wishes:
        """What was chosen; what was not asked stays as it is."""
        data = self.cleaned_data
        habits = Habits(data["quiet_from"], data["quiet_until"], data["weekends"])
        pairs = [(topic, channel) for topic in CHOSEN_TOPICS for channel in Channel]
        return Wishes(
            habits,
            {pair: data.get(_name(*pair), self._chosen.cadence(*pair)) for pair in pairs},
        )


class RestoreForm(forms.Form):
    """Mails to take again: topic and how often, as the page before named them."""

    mails = forms.MultipleChoiceField(
        choices=[(f"{t}:{c}", f"{t}:{c}") for t in CHOSEN_TOPICS for c in Cadence if c != "off"]
    )

    def pairs(self) -> list[tuple[str, str]]:
        return [(topic, cadence) for topic, cadence in map(_parted, self.cleaned_data["mails"])]


def _parted(text: str) -> tuple[str, str]:
    topic, _sign, cadence = text.partition(":")
    return topic, cadence


def _name(topic: str, channel: str) -> str:
    return f"{channel}_{topic}"


def _initial(chosen: Wishes) -> dict[str, str]:
    return {
        _name(topic, channel): chosen.cadence(topic, channel)
        for topic in CHOSEN_TOPICS
        for channel in Channel
    }
