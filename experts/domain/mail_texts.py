"""Which words a mail is written in: a project manager's newest, else those the platform came with.

Every process remembers the edited words and looks for newer ones every two seconds at most, so
that ten thousand mails ask the database a few times and not ten thousand.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.db.models import Max
from django.utils import translation

from experts.domain import mail_words, message_kinds
from experts.domain.mail_words import Prepared
from experts.models import MailText

logger = logging.getLogger(__name__)

REMEMBERED_SECONDS = 2.0


class _Edited:
    """The newest edited words by kind and language, and when to look again."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], MailText] = {}
        self.newest: int | None = None
        self.look_again = 0.0

    def refresh(self) -> None:
        now = time.monotonic()
        if now < self.look_again:
            return
        newest = MailText.objects.aggregate(newest=Max("pk"))["newest"] or 0
        if newest != self.newest:
            rows = MailText.objects.order_by("version")
            self.texts = {(text.kind, text.language): text for text in rows}
            self.newest = newest
        self.look_again = now + REMEMBERED_SECONDS


_edited = _Edited()
# The words somebody is trying out in this request: kind, language, what is prepared of them.
_tried: ContextVar[tuple[str, str, Prepared] | None] = ContextVar("tried_words", default=None)


def forget() -> None:
    """Looks at the database again with the next mail: after an edit, and between two tests."""
    _edited.__init__()  # type: ignore[misc]
    _prepared.cache_clear()


def prepared(kind: str, language: str) -> Prepared:
    """The words in use for a kind in one of the languages mails are written in."""
    tried = _tried.get()
    if tried and tried[:2] == (kind, language):
        return tried[2]
    _edited.refresh()
    text = _edited.texts.get((kind, language))
    if text is None or not text.body:
        return _prepared(kind, language, 0)
    return _prepared(kind, language, text.version)


@lru_cache(maxsize=1000)
def _prepared(kind: str, language: str, version: int) -> Prepared:
    words = message_kinds.words(kind)
    if version:
        text = _edited.texts[kind, language]
        try:
            return mail_words.prepare(text.subject, text.body, words.placeholders, language)
        except mail_words.BadWords:
            # Written for an older version of the platform, that had other placeholders.
            logger.exception("The words of %s in %s cannot be used.", kind, language)
    return mail_words.prepare(*standard(kind, language), words.placeholders, language)


def standard(kind: str, language: str) -> tuple[str, str]:
    """Subject and body the platform came with, in that language."""
    with translation.override(language):
        return message_kinds.words(kind).standard()


@contextmanager
def trying(kind: str, language: str, subject: str, body: str) -> Iterator[None]:
    """Mails of this kind and language are written in these words during the block.

    Raises BadWords.
    """
    known = message_kinds.words(kind).placeholders
    words = mail_words.prepare(subject, body, known, language)
    token = _tried.set((kind, language, words))
    try:
        yield
    finally:
        _tried.reset(token)
