"""The project's words: added, changed, taken away; nobody's change is lost in another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from materials import permissions
from materials.domain.words import normalised
from materials.models import GlossaryTerm, GlossaryWord

_KEY = 200


class NoWord(NotPossible):
    """A term without a word in any language."""


class TermChangedMeanwhile(NotPossible):
    """Somebody has saved this term since it was opened."""


class WordTaken(NotPossible):
    """A word stands for another term already; `language` says in which language."""

    def __init__(self, message: str, language: str) -> None:
        super().__init__(message)
        self.language = language


@dataclass(frozen=True)
class Word:
    """What a term is called and means in one language."""

    language: str
    word: str
    definition: str = ""


def key_of(word: str, language: str) -> str:
    """A word as it is looked up: small letters, no accents, one blank between its parts."""
    return " ".join(normalised(word, language).split())[:_KEY]


@transaction.atomic
def add_term(*, source: str, words: Sequence[Word], by: User, at: datetime) -> GlossaryTerm:
    """Adds a term with its words. Raises Refused, NoWord, WordTaken."""
    permissions.may_edit_glossary(by)
    _check(words, 0)
    term = GlossaryTerm.objects.create(source=source, changed_by=by.person, changed_at=at)
    _write(term, words)
    audit.record(deed="glossary term added", about=term, by=by, at=at)
    return term


@transaction.atomic
def change_term(
    *, term_id: int, edition: int, source: str, words: Sequence[Word], by: User, at: datetime
) -> GlossaryTerm:
    """Puts other words in the place of a term's; `edition` is the one that was looked at.

    Raises Refused, TermChangedMeanwhile, NoWord, WordTaken.
    """
    permissions.may_edit_glossary(by)
    term = _opened(term_id, edition)
    _check(words, term_id)
    term.source, term.edition = source, term.edition + 1
    term.changed_by, term.changed_at = by.person, at
    term.save()
    term.words.all().delete()
    _write(term, words)
    audit.record(deed="glossary term changed", about=term, by=by, at=at, edition=term.edition)
    return term


@transaction.atomic
def delete_term(*, term_id: int, edition: int, by: User, at: datetime) -> None:
    """Takes a term away as it was looked at. Raises Refused, TermChangedMeanwhile."""
    permissions.may_edit_glossary(by)
    term = _opened(term_id, edition)
    audit.record(deed="glossary term deleted", about=term, by=by, at=at)
    term.delete()


def _opened(term_id: int, edition: int) -> GlossaryTerm:
    term = GlossaryTerm.objects.select_for_update().filter(pk=term_id).first()
    if term is None or term.edition != edition:
        raise TermChangedMeanwhile(
            _("Somebody else has changed this term since you opened it. Nothing is lost: look.")
        )
    return term


def _check(words: Sequence[Word], term_id: int) -> None:
    if not words:
        raise NoWord(_("Give the term a word in one language at least."))
    for word in words:
        key = key_of(word.word, word.language)
        if not any(sign.isalnum() for sign in key):
            raise WordTaken(_("This is no word that could be found in a text."), word.language)
        there = GlossaryWord.objects.filter(language=word.language, key=key)
        if there.exclude(term_id=term_id).exists():
            raise _taken(word)


def _write(term: GlossaryTerm, words: Sequence[Word]) -> None:
    rows = [
        GlossaryWord(
            term=term,
            language=word.language,
            word=word.word,
            definition=word.definition,
            key=key_of(word.word, word.language),
        )
        for word in words
    ]
    try:
        with transaction.atomic():
            GlossaryWord.objects.bulk_create(rows)
    except IntegrityError as error:
        # Two people added the same word in the same moment; the constraint is the last word.
        raise _taken(words[0]) from error


def _taken(word: Word) -> WordTaken:
    text = _("“%(word)s” is in the glossary already, as another term.")
    return WordTaken(text % {"word": word.word}, word.language)
