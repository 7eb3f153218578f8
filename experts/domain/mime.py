"""A mail as the bytes that go over the line, put together without building it as a tree first.

Django and the standard library write the same through a tree of objects, which takes longer than
reading and wording a mail together. What is theirs to know, how a header is checked, encoded and
folded, is asked of them.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterable, Sequence
from email import quoprimime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT, forbid_multi_line_headers
from django.utils.http import content_disposition_header

_LINE_END = re.compile("\r\n|\r|\n")
_BASE64_LINE = 57
# Headers that many mails share, word for word; the others are read once and forgotten.
_SHARED = frozenset(
    {"Subject", "From", "Reply-To", "Date", "Auto-Submitted", "List-Unsubscribe-Post"}
)


class Text(NamedTuple):
    """One way to read the mail: `media_type` with its parameters, without the charset."""

    media_type: str
    words: str


class Attachment(NamedTuple):
    """A file of the mail; `media_type` with its parameters."""

    name: str
    media_type: str
    content: bytes


def written(
    headers: Iterable[tuple[str, str]],
    texts: Sequence[Text],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The mail with CR LF: the plainest of `texts` first, the files after them (RFC 2046).

    Raises BadHeaderError for a header of several lines.
    """
    parts = [_text(text) for text in texts]
    body = parts[0] if len(parts) == 1 else _multipart("alternative", parts)
    if attachments:
        body = _multipart("mixed", [body, *map(_attachment, attachments)])
    top = "".join(f"{header(name, value)}\r\n" for name, value in headers)
    return f"{top}MIME-Version: 1.0\r\n".encode("ascii") + body


def header(name: str, value: str) -> str:
    """One header without its line end, safe for the line. Raises BadHeaderError."""
    return _shared(name, value) if name in _SHARED else _header(name, value)


def _header(name: str, value: str) -> str:
    _name, safe = forbid_multi_line_headers(name, value, settings.DEFAULT_CHARSET)
    # Folding ends its lines as Python does.
    return f"{name}: {safe}".replace("\n", "\r\n")


_shared = lru_cache(maxsize=1000)(_header)


def _text(text: Text) -> bytes:
    words = text.words
    if "\r" in words:  # looking for all line ends in every mail takes a third of writing it
        words = _LINE_END.sub("\n", words)
    body = words.encode("utf-8", "replace")
    encoding = "8bit"
    if max(map(len, body.split(b"\n"))) > RFC5322_EMAIL_LINE_LENGTH_LIMIT:
        encoding = "quoted-printable"
        body = quoprimime.body_encode(body.decode("latin-1")).encode("ascii")
    head = f'Content-Type: {text.media_type}; charset="utf-8"\r\n'
    head += f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode("ascii") + body.replace(b"\n", b"\r\n")


def _attachment(file: Attachment) -> bytes:
    disposition = content_disposition_header(True, file.name)
    head = (
        f"Content-Type: {file.media_type}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: {disposition}\r\n\r\n"
    )
    steps = range(0, len(file.content), _BASE64_LINE)
    lines = (base64.b64encode(file.content[at : at + _BASE64_LINE]) for at in steps)
    return head.encode("ascii") + b"\r\n".join(lines)


def _multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    # Chance keeps the boundary apart from anything somebody typed.
    boundary = secrets.token_hex(16)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode("ascii")
    line = f"--{boundary}".encode("ascii")
    inner = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts)
    return head + inner + line + b"--\r\n"
