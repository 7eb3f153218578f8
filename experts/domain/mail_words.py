"""The words of a mail: a tiny text with fixed placeholders, prepared once and filled many times.

Paragraphs stand between blank lines. A placeholder is a name of the kind's own list in braces:
most stand inside a sentence, some (`Look.BLOCK`) on a line of their own, where the platform draws
a button or a table. There is no template language: what is put in is never read again, so a name
or title is inert whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.refusals import NotPossible
from experts.domain import mail_html
from experts.domain.mail_html import Block, Frame, inert

if TYPE_CHECKING:
    from experts.domain.message_kinds import Mail

_BRACED = re.compile(r"\{+[^{}\n]{0,60}\}+|[{}]")
_NAME = re.compile(r"\{(\w+)\}")
# An address of a page; what follows a placeholder must not be drawn into it.
_LINK_AND_BRACE = re.compile(r"(?i)\bhttps?://[^\s{]*\{")
_OTHER_LINK = re.compile(r"(?i)\bhttp://\S+")

Value = str | Promise | Block


class BadWords(NotPossible):
    """The words cannot be used; the message says what to change. `field` is subject or body."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Look(Enum):
    """How a placeholder is drawn."""

    WORD = "word"
    # In a sentence like a word; alone in its paragraph as the heading of the mail.
    TITLE = "title"
    BLOCK = "block"


@dataclass(frozen=True)
class Placeholder:
    """One thing the platform fills in; `needed` ones must stand in every version of the words."""

    name: str
    meaning: str | Promise
    look: Look = Look.WORD
    needed: bool = False

    def __str__(self) -> str:
        return f"{{{self.name}}}"


@dataclass(frozen=True)
class Words:
    """The words a kind came with: one line of subject, the paragraphs, and what may be put in."""

    subject: str | Promise
    body: tuple[str | Promise, ...]
    placeholders: tuple[Placeholder, ...]

    def standard(self) -> tuple[str, str]:
        """Subject and body in the active language, as somebody would type them."""
        return str(self.subject), "\n\n".join(str(paragraph) for paragraph in self.body)


NAME = Placeholder("name", gettext_lazy("the reader's name"))
TITLE = Placeholder("title", gettext_lazy("the title of what the mail is about"), Look.TITLE)


def block(name: str, meaning: str | Promise, *, needed: bool = False) -> Placeholder:
    """A placeholder that stands on a line of its own."""
    return Placeholder(name, meaning, Look.BLOCK, needed)


def button(meaning: str | Promise, name: str = "answer_button") -> Placeholder:
    """The one thing to do in a mail; no version of its words may lose it."""
    return block(name, meaning, needed=True)


@cache
def spoken(language: str | None) -> str:
    """The language mails are written in for a person of this one; English where it is none."""
    return language if language in dict(settings.MAIL_LANGUAGES) else "en"


class Written(NamedTuple):
    """A mail's words, filled in."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Prepared:
    """Words of one kind in one language, taken apart: filling them is three joins.

    The three texts are made by `_compiled` for Python's own `%`: each holds the slots of known
    placeholders and no other sign that would be read.
    """

    subject: str
    text: str
    html: str
    frame: Frame

    def fill(self, values: Mapping[str, Value], reason: str = "") -> Written:
        """The mail with these values; `reason` says why the reader gets it, else the usual does.

        A block without a text leaves no gap. `reason` is a sentence of ours, in which whatever
        somebody typed is inert already. Raises KeyError for a value that is missing.
        """
        rtl = self.frame.rtl
        plain: dict[str, str] = {}
        marked: dict[str, str] = {}
        for name, value in values.items():
            if isinstance(value, Block):
                plain[name] = f"{value.text}\n\n" if value.text else ""
                marked[name] = value.html
            else:
                shown = inert(str(value), rtl)
                plain[name], marked[name] = shown.text, shown.html
        subject = self.subject % plain
        text = (self.text % plain).rstrip() + (f"\n\n{reason}\n" if reason else "\n")
        return Written(subject, text, self.frame.around(subject, self.html % marked, reason))


def prepare(subject: str, body: str, known: Sequence[Placeholder], language: str) -> Prepared:
    """Takes words apart for filling. Raises BadWords."""
    check(subject, body, known)
    looks = {placeholder.name: placeholder.look for placeholder in known}
    texts, htmls = [], []
    for paragraph in _paragraphs(body, looks):
        name = _alone(paragraph)
        if name and looks[name] is Look.BLOCK:
            # A block brings the gap behind it along, so that an empty one leaves none.
            texts.append(paragraph)
            htmls.append(paragraph)
            continue
        texts.append(mail_html.fenced_words(paragraph) + "\n\n")
        htmls.append(mail_html.title(paragraph) if name else mail_html.paragraph(paragraph))
    return Prepared(
        _compiled(" ".join(subject.split())),
        _compiled("".join(texts)),
        _compiled("\n".join(htmls)),
        mail_html.frame(language),
    )


def _compiled(text: str) -> str:
    """The text for Python's `%`; per cent signs of its own are doubled and stay what they are."""
    return _NAME.sub(r"%(\1)s", text.replace("%", "%%"))


def _paragraphs(body: str, looks: Mapping[str, Look]) -> Iterator[str]:
    """Runs of lines without a blank one; a block is a paragraph wherever it stands."""
    lines: list[str] = []
    for line in [*body.splitlines(), ""]:
        name = _alone(line)
        is_block = name is not None and looks[name] is Look.BLOCK
        if lines and (is_block or not line.strip()):
            yield "\n".join(lines)
            lines = []
        if is_block:
            yield line.strip()
        elif line.strip():
            lines.append(line.strip())


def _alone(paragraph: str) -> str | None:
    found = _NAME.fullmatch(paragraph.strip())
    return found[1] if found else None


def check(subject: str, body: str, known: Sequence[Placeholder]) -> None:
    """Raises BadWords where words cannot be used, with a sentence for whoever wrote them."""
    usable = {str(placeholder): placeholder for placeholder in known}
    for field, text in (("subject", subject), ("body", body)):
        if not text.strip():
            raise BadWords(field, _("A mail without words helps nobody. Please write some."))
        _check_braces(field, text, usable)
    for placeholder in known:
        if placeholder.look is Look.BLOCK:
            _check_block(placeholder, subject, body)
    if _LINK_AND_BRACE.search(subject + "\n" + body):
        raise BadWords("body", _("A placeholder cannot be part of a link."))
    if http := _OTHER_LINK.search(body):
        raise BadWords(
            "body", _("Links begin with https://, and this one does not: %s") % http[0][:80]
        )


def _check_braces(field: str, text: str, usable: Mapping[str, Placeholder]) -> None:
    for braced in _BRACED.findall(text):
        if braced in usable:
            continue
        sentence = _("“%(braced)s” is not a placeholder of this mail. You can use: %(usable)s.")
        raise BadWords(field, sentence % {"braced": braced, "usable": ", ".join(usable)})


def _check_block(placeholder: Placeholder, subject: str, body: str) -> None:
    braced = str(placeholder)
    if braced in subject:
        raise BadWords(
            "subject",
            _("“%s” is drawn as a part of the mail and cannot stand in the subject.") % braced,
        )
    lines = [line.strip() for line in body.splitlines()]
    if any(braced in line and line != braced for line in lines):
        raise BadWords("body", _("“%s” must stand on a line of its own.") % braced)
    if placeholder.needed and braced not in lines:
        raise BadWords(
            "body", _("“%s” is missing: without it nobody can act on this mail.") % braced
        )


def finish(mail: Mail, unsubscribe_link: str, language: str) -> Mail:
    """The mail as it leaves: with the way out where there is one, in the language of the mail."""
    if not unsubscribe_link:
        return mail
    frame = mail_html.frame(language)
    text = f"{mail.text.rstrip()}\n\n{frame.way_out}:\n{unsubscribe_link}\n"
    html = mail.html and frame.with_way_out(mail.html, unsubscribe_link)
    return mail._replace(text=text, html=html)
