"""What people type about anything, and what the list of all talk is narrowed to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cop_platform.common.refusals import NotPossible
from cop_platform.common.text import LineFormField, TextFormField
from experts import reference
from experts.models import Country
from practices.domain.talk import discussed
from practices.domain.talk.listing import Wanted
from practices.domain.talk.mentions import NOBODY, OFFERED, Unclear, WhoIsMeant
from practices.domain.talk.paging import NoSuchPage
from practices.domain.talk.writing import Words
from practices.models.threads import COMMENT_LENGTH

NAMES_NOBODY = _(
    "Write no name, yours neither: others read that “A participant” wrote this. "
    "*Italic*, **bold**, - lists and > quotes work."
)
_LAST_PAGE = 20_000
_LARGEST = 2**63 - 1
_WHO = "who:"


class CommentForm(forms.Form):
    """A comment; a mention that fits several people adds a question of its own."""

    text = TextFormField(
        label=_("Your comment"),
        limit=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_(
            "Write @ and a name to tell somebody. *Italic*, **bold**, - lists and > quotes work."
        ),
    )
    place = forms.IntegerField(
        label=_("Page it is about"), min_value=1, max_value=_LAST_PAGE, required=False
    )
    language = forms.ChoiceField(
        label=_("Language you write in"), choices=settings.PROJECT_LANGUAGES
    )
    quoted = forms.IntegerField(
        min_value=1, max_value=_LARGEST, required=False, widget=forms.HiddenInput
    )
    revision = forms.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, has_pages: bool, names_nobody: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if not has_pages:
            del self.fields["place"]
        if names_nobody:
            self.fields["text"].help_text = NAMES_NOBODY

    @property
    def words(self) -> Words:
        """What was typed, of a form that is valid."""
        return Words(
            text=self.cleaned_data["text"],
            language=self.cleaned_data["language"],
            place=self.cleaned_data.get("place"),
            quoted_id=self.cleaned_data["quoted"],
            chosen=dict(self._chosen()),
        )

    def _chosen(self) -> Iterator[tuple[str, int]]:
        """Who is meant by what was typed, as far as it was said; NOBODY for mere words."""
        for name, value in self.data.items():
            if name.startswith(_WHO) and value.isascii() and value.isdigit():
                yield name.removeprefix(_WHO), int(value)

    def refuse(self, error: NotPossible) -> None:
        """Says beside the field it belongs to why the comment was not taken."""
        self.add_error("place" if isinstance(error, NoSuchPage) else "text", str(error))

    def ask_who(self, error: WhoIsMeant) -> None:
        """Adds a question for each mention that fits several people."""
        for unclear in error.unclear:
            name = f"{_WHO}{unclear.typed}"
            self.fields[name] = _who_field(unclear)
            if unclear.typed in error.asked:
                self.add_error(name, str(error))


def _who_field(unclear: Unclear) -> forms.ChoiceField:
    choices = [("", _now("Please choose"))]
    for person in unclear.people:
        country = f" ({person.country.code})" if person.country else ""
        choices.append((str(person.pk), f"{person.name}{country}"))
    choices.append((str(NOBODY), _now("Nobody: these are just words")))
    more = unclear.fitting - OFFERED
    return forms.ChoiceField(
        label=_now("Whom do you mean by “@%(typed)s”?") % {"typed": unclear.typed},
        choices=choices,
        required=False,
        help_text=ngettext(
            "%(n)d more person fits: write more of the name to find them.",
            "%(n)d more people fit: write more of the name to find them.",
            more,
        )
        % {"n": more}
        if more > 0
        else "",
    )


class TranslationForm(forms.Form):
    """A comment in another language, typed by a person."""

    language = forms.ChoiceField(
        label=_("Language you translate into"), choices=settings.PROJECT_LANGUAGES
    )
    text = TextFormField(
        label=_("Translation"),
        limit=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("It is shown below the words themselves, which always come first."),
    )


class ReasonForm(forms.Form):
    """Why a comment does not belong here."""

    why = LineFormField(
        label=_("What is wrong with it"),
        help_text=_("One sentence; moderators read it."),
    )


class TakeDownForm(forms.Form):
    """Why a comment is taken down."""

    why = LineFormField(label=_("Reason"), help_text=_("The writer reads it."))


class TalkFilterForm(forms.Form):
    """What the list of all talk is narrowed to."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    other = forms.ChoiceField(label=_("And the other country"), required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    unread = forms.BooleanField(label=_("New to me"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        countries = [(country.code, country.name) for country in reference.countries()]
        self._choose("country", [("", _now("All countries")), *countries])
        self._choose("other", [("", _now("Any")), *countries])
        kinds = [(kind.name, str(kind.label)) for kind in discussed.KINDS.values()]
        self._choose("kind", [("", _now("Everything")), *kinds])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What was asked, of a form that is valid."""
        said = self.cleaned_data
        return Wanted(
            country=self._country("country"),
            other=self._country("other"),
            kind=said["kind"],
            unread=said["unread"],
        )

    def _country(self, name: str) -> Country | None:
        code = self.cleaned_data[name]
        return reference.country(code) if code else None

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())
