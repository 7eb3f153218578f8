"""A story, the list's filter bar, and where a story was used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_platform.common import details, sounds
from cop_platform.common.text import LineFormField, TextFormField
from experts.fields import CountryField
from experts.models import User
from materials.models import GlossaryTerm, Material
from practices.domain.stories import story_page
from practices.domain.stories.story_page import StoryFilter
from practices.domain.stories.telling import Told
from practices.enums import Cited, Occasion, ValueCycle
from practices.models import Practice, Story

MAX_STORY = 6_000
MARKS_SHOWN = 8
_PLAIN = (
    "title", "occasion", "cycle", "text", "language", "is_named", "clip_may_leave", "material",
    "practice",
)  # fmt: skip


class TermsField(forms.ModelMultipleChoiceField):
    """Terms of the glossary by their word in the reader's language, else in English."""

    def label_from_instance(self, obj: Any) -> str:
        return story_page.word_of(obj)


class StoryForm(forms.Form):
    """A story in words, or the words of a clip beside the clip."""

    occasion = forms.ChoiceField(
        label=_("Why do you tell it?"), choices=Occasion.choices, initial=Occasion.STORY
    )
    title = LineFormField(label=_("What shall it be called?"))
    text = TextFormField(
        label=_("The story"),
        limit=MAX_STORY,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "What was it like before? What did you do? What happened then? What would you tell "
            "somebody who starts tomorrow? With a clip, write its words here: so it is found."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.PROJECT_LANGUAGES)
    clip = forms.FileField(
        label=_("A sound clip of it"),
        required=False,
        help_text=_("MP3, M4A, OGG, WebM or WAV, at most 8 MB."),
    )
    drops_clip = forms.BooleanField(label=_("Take the clip away"), required=False)
    clip_may_leave = forms.BooleanField(
        label=_("My clip may go along when the community is taken away as an archive"),
        required=False,
        help_text=_("A voice tells who speaks. Without this your words go along, not your voice."),
    )
    cycle = forms.ChoiceField(label=_("What came of it?"), choices=ValueCycle.choices)
    material = forms.ModelChoiceField(
        label=_("The training or material that teaches it"),
        queryset=Material.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    practice = forms.ModelChoiceField(
        label=_("The practice it tells of"),
        queryset=Practice.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    terms = TermsField(
        label=_("Words of the glossary it explains"),
        queryset=GlossaryTerm.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    is_named = forms.BooleanField(
        label=_("My name stands with it"),
        required=False,
        help_text=_("Otherwise your role and country do."),
    )
    is_safe = forms.BooleanField(
        label=_("I looked at these: nobody can be recognised by them"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        user: User,
        story: Story | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        start = {"language": user.person.language} | (initial or {})
        if story is not None:
            start = {name: getattr(story, name) for name in _PLAIN}
            start["terms"] = [term.pk for term in story.terms.all()]
        super().__init__(data, files, initial=start)
        self.marks: list[str] = []
        seen: dict[str, Any] = {
            "material": Material.objects.visible_to(user).order_by("code"),
            "practice": Practice.objects.visible_to(user).published().select_related("current"),
            "terms": GlossaryTerm.objects.visible_to(user).prefetch_related("words"),
        }
        for name, rows in seen.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if story is None or not story.file:
            del self.fields["drops_clip"]

    def clean_clip(self) -> sounds.HeardSound | None:
        upload = self.cleaned_data["clip"]
        if not upload:
            return None
        try:
            return sounds.accept(upload)
        except sounds.NotASound as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """What may tell about whom a story is has to be looked at once, by the teller."""
        cleaned: dict[str, Any] = super().clean() or {}
        text = cleaned.get("text", "")
        self.marks = [text[mark.start : mark.end] for mark in details.find(text)][:MARKS_SHOWN]
        if self.marks and not cleaned.get("is_safe"):
            self.add_error(
                "is_safe",
                _("Somebody could be recognised by this. Change it, or tick that it is safe."),
            )
        return cleaned

    def told(self) -> Told:
        """The cleaned fields as the domain takes them."""
        cleaned = self.cleaned_data
        return Told(
            **{name: cleaned[name] for name in _PLAIN},
            terms=cleaned["terms"],
            clip=cleaned["clip"],
            drops_clip=cleaned.get("drops_clip", False),
        )


class StoryFilterForm(forms.Form):
    """What the list is narrowed to; anything else is refused."""

    q = LineFormField(label=_("Words in it"), required=False)
    cycle = forms.ChoiceField(
        label=_("What came of it"), choices=[("", _("All")), *ValueCycle.choices], required=False
    )
    occasion = forms.ChoiceField(
        label=_("Why it is told"), choices=[("", _("All")), *Occasion.choices], required=False
    )
    country = CountryField()
    material = forms.ModelChoiceField(
        label=_("Material"),
        queryset=Material.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All materials"),
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["material"].queryset = Material.objects.visible_to(user).order_by("code")  # type: ignore[attr-defined]

    def wanted(self) -> StoryFilter:
        """The cleaned fields as the domain takes them."""
        return StoryFilter(**self.cleaned_data)


class CitationForm(forms.Form):
    """Where somebody used a story."""

    used_in = forms.ChoiceField(label=_("Where did you use it?"), choices=Cited.choices)
    note = LineFormField(label=_("In a few words"), required=False)
