"""A document as the plain dict that document.typ draws; whatever people typed stays plain text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import segno

from cop_platform.common.reporting.document import Chapter, Cover, Document, Heading, Picture
from feedback.reports.domain.writers import sizes
from feedback.reports.domain.writers.typst_blocks import Blocks
from feedback.reports.domain.writers.typst_texts import Texts, tag

_ENDINGS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
# So many chapters always begin on a page of their own.
_ALONE = 2
# More headings than this make a contents page that nobody reads: then it names chapters alone.
_CONTENTS = 60


def data(document: Document) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What data.json holds, and the pictures that lie beside it, by name."""
    texts = Texts(document.language, right_to_left=document.right_to_left)
    beside: dict[str, bytes] = {}
    said = _properties(document, texts) | {
        "labels": {name: texts.plain(label) for name, label in vars(document.labels).items()},
        "has_contents": document.has_contents,
        "depth": 2 if _headings(document) <= _CONTENTS else 1,
        "cover": _cover(document.cover, texts) | _pictures(document, texts, beside),
        "chapters": _chapters(document, document.chapters, texts),
        "annexes": _chapters(document, document.annexes, texts),
    }
    # Last, since only now every text has been drawn.
    return said | {"replaced": list(texts.replaced)}, beside


def _properties(document: Document, texts: Texts) -> dict[str, Any]:
    language, region = tag(document.language)
    return {
        "lang": language or "en",
        "region": region,
        "rtl": document.right_to_left,
        "title": texts.unseen(document.title),
        "description": texts.unseen(document.description),
        "author": texts.unseen(document.author),
        "keywords": [texts.unseen(word) for word in document.keywords],
        "running": texts.plain(document.title),
        "period": texts.plain(document.description),
        "release": texts.plain(document.release),
        "dataset_sha256": document.dataset_sha256,
    }


def _headings(document: Document) -> int:
    blocks = (block for chapter in document.all_chapters() for block in chapter.blocks)
    return sum(isinstance(block, Heading) and block.level == 2 for block in blocks)


def _cover(cover: Cover, texts: Texts) -> dict[str, Any]:
    names = ("kind", "title", "subtitle", "project", "statement", "disclaimer", "citation")
    return {name: texts.plain(getattr(cover, name)) for name in names} | {
        "licence": texts.plain(cover.licence),
        "facts": [
            {"label": texts.plain(label), "value": texts.words(value)}
            for label, value in cover.facts
        ],
        "check_words": texts.plain(cover.check_words),
        "check_address": cover.check_address,
    }


def _pictures(document: Document, texts: Texts, beside: dict[str, bytes]) -> dict[str, Any]:
    """Names of the pictures on the first pages, whose bytes are put into `beside`."""
    cover = document.cover

    def put(picture: Picture) -> dict[str, str]:
        name = f"picture-{len(beside)}.{_ENDINGS.get(picture.media_type, 'png')}"
        beside[name] = picture.data
        return {"file": name, "alt": texts.unseen(picture.alt or picture.name or document.author)}

    said = {
        "emblem": put(cover.emblem) if cover.emblem else None,
        "logos": [put(logo) for logo in cover.logos],
        "check_code": "check.svg" if cover.check_address else "",
    }
    if cover.check_address:
        drawn = io.BytesIO()
        code = segno.make(cover.check_address, error="m", micro=False)
        code.save(drawn, kind="svg", border=0, scale=4)
        beside["check.svg"] = drawn.getvalue()
    return said


def _chapters(
    document: Document, chapters: Sequence[Chapter], texts: Texts
) -> list[dict[str, Any]]:
    blocks = Blocks(texts, document.language)
    return [
        {
            "title": texts.plain(chapter.title),
            # The first chapter, the summary, stands alone on its page.
            "fresh": at < _ALONE or not sizes.is_short(chapter.blocks),
            "blocks": blocks.said(chapter.blocks),
        }
        for at, chapter in enumerate(chapters)
    ]
