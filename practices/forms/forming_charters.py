"""What is typed about charters: their words, votes on them, topics for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cop_platform.common.text import MAX_LINE, LineFormField, TextFormField
from cop_platform.common.times import validate_day
from experts.enums import Ballot
from experts.models import Charter, CommunityOfPractice, User
from practices.domain.forming.charters import MOST_TOPICS, TEXTS, CharterWords, words_of

_TOPIC_LENGTH = 80


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TopicsField(TextFormField):
    """One topic a line; gives the names, each once."""

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        names = tuple({line.casefold(): line for line in lines if line}.values())
        if len(names) > MOST_TOPICS:
            raise ValidationError(
                ngettext(
                    "A charter has at most %(most)d topic, so that each gets its time.",
                    "A charter has at most %(most)d topics, so that each gets its time.",
                    MOST_TOPICS,
                )
                % {"most": MOST_TOPICS}
            )
        if any(len(name) > _TOPIC_LENGTH for name in names):
            raise ValidationError(_("Please say each topic in at most 80 characters."))
        return names


class CharterForm(forms.Form):
    """A draft; `revision` is the one the editor saw."""

    revision = forms.IntegerField(min_value=1, max_value=10**6, widget=forms.HiddenInput)
    domain = LineFormField(
        label=_("Domain"), limit=MAX_LINE, help_text=_("What the community works on, in one line.")
    )
    vision = TextFormField(
        label=_("Vision"),
        required=False,
        limit=2000,
        help_text=_("What will be different in three years because of you?"),
    )
    purpose = TextFormField(
        label=_("Purpose"), limit=4000, help_text=_("What the community does, and for whom.")
    )
    topics = TopicsField(
        label=_("Topics"), limit=2000, help_text=_("One a line. Sessions and practices carry one.")
    )
    scope_in = TextFormField(label=_("What belongs to it"), required=False, limit=4000)
    scope_out = TextFormField(
        label=_("What does not belong to it"),
        required=False,
        limit=4000,
        help_text=_("What you leave to others, and to whom."),
    )
    roles = TextFormField(
        label=_("Roles"),
        required=False,
        limit=4000,
        help_text=_("Who coordinates, who leads sessions, what experts give and how much time."),
    )
    rules = TextFormField(
        label=_("Rules"),
        required=False,
        limit=4000,
        help_text=_("How you decide, what stays in the room, how somebody joins and leaves."),
    )
    sponsor = LineFormField(
        label=_("Sponsor"), required=False, help_text=_("Who stands behind it with time or money.")
    )
    review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        validators=[validate_day],
        widget=DayInput(),
    )
    what_changed = LineFormField(
        label=_("What changed"),
        required=False,
        help_text=_("For members who know the version before."),
    )

    @classmethod
    def of(cls, charter: Charter) -> CharterForm:
        """The form as it opens."""
        words = vars(words_of(charter)) | {"what_changed": charter.what_changed}
        initial = words | {"topics": "\n".join(words["topics"]), "revision": charter.revision}
        return cls(initial=initial)

    def words(self) -> CharterWords:
        names = (*TEXTS, "review_on", "what_changed", "topics")
        return CharterWords(**{name: self.cleaned_data[name] for name in names})


class VoteOpenForm(forms.Form):
    """Until when members vote."""

    until = forms.DateField(
        label=_("Last day of the vote"),
        validators=[validate_day],
        widget=DayInput(),
        help_text=_("Give everybody time to read it: from three days to two months."),
    )

    def __init__(self, *args: Any, usual: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = usual


class VoteForm(forms.Form):
    """A member's vote; a no says what has to change."""

    ballot = forms.ChoiceField(
        label=_("Your vote"), choices=Ballot.choices, widget=forms.RadioSelect
    )
    remark = TextFormField(
        label=_("Remark"),
        required=False,
        limit=1000,
        help_text=_("Members read it without your name. With a no: what has to change?"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ballot") == Ballot.NO and not cleaned.get("remark", "x"):
            self.add_error(
                "remark", _("Please say what has to change, so that the draft can follow.")
            )
        return cleaned


class TopicForm(forms.Form):
    """A topic that a member proposes to a community."""

    community = forms.ModelChoiceField(
        label=_("Community"), queryset=CommunityOfPractice.objects.none(), empty_label=None
    )
    name = LineFormField(label=_("Topic"), limit=_TOPIC_LENGTH)
    reason = TextFormField(label=_("Why should the community work on it?"), limit=1000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.queryset = CommunityOfPractice.objects.visible_to(user)
        own = field.queryset.filter(country_id=user.person.country_id).first()
        field.initial = own.pk if own else None


class TopicAnswerForm(forms.Form):
    """Taken into the draft, or declined with a reason."""

    TAKE, DECLINE = "take", "decline"

    deed = forms.ChoiceField(
        label=_("Answer"),
        choices=[(TAKE, _("Take it into the next draft")), (DECLINE, _("Decline it"))],
        widget=forms.RadioSelect,
    )
    why = TextFormField(
        label=_("Why not?"), required=False, limit=1000, help_text=_("Every member reads it.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("deed") == self.DECLINE and not cleaned.get("why", "x"):
            self.add_error("why", _("Please give the reason to whoever proposed it."))
        return cleaned
