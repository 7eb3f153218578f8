"""A brief as a document to print or to go on writing in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings, tongues, writing
from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Chapter,
    Cover,
    Document,
    Heading,
    Paragraph,
    Span,
    Text,
)
from experts.enums import Scope
from experts.models import CommunityOfPractice
from practices.domain.briefs.page import Line, Theme, themes
from practices.models import Brief


def data(brief: Brief) -> bytes:
    """The lines and their sources as JSON; they lie within the PDF."""
    rows = [
        {
            "theme": line.theme,
            "text": line.text,
            "source": f"{line.source_kind}:{line.source_id}",
            "country": line.source_country,
            "day": line.source_day.isoformat(),
        }
        for line in brief.lines.all()
    ]
    return msgspec.json.format(msgspec.json.encode(rows, order="sorted"), indent=2) + b"\n"


def document(brief: Brief) -> Document:
    """The whole brief in the active language; its lines stay in their own."""
    community = CommunityOfPractice.objects.filter(scope=Scope.PROJECT).first()
    project = community.name if community else ""
    day = brief.made_on.isoformat()
    country = brief.country.iso_code if brief.country else ""
    audience = str(brief.get_audience_display())
    return Document(
        language=get_language() or "en",
        right_to_left=sayings.is_right_to_left(),
        title=brief.title,
        description=audience,
        author=project or brief.title,
        release=f"{brief.pk}.{brief.revision}",
        day=day,
        dataset_sha256=hashlib.sha256(data(brief)).hexdigest(),
        cover=Cover(
            kind=_("Policy brief"),
            title=brief.title,
            subtitle=audience,
            project=project,
            facts=(
                (_("For"), audience),
                (_("Country"), sayings.country(country) if country else _("All countries")),
                (_("Written on"), sayings.day(day)),
            ),
            check_words=_(
                "Each line names the item it comes from; all lie within the PDF as data."
            ),
        ),
        chapters=(Chapter("brief", _("What we suggest"), tuple(_blocks(brief))),),
        annexes=(),
        labels=writing.writers().labels(),
        keywords=(audience,),
    )


def _blocks(brief: Brief) -> Iterator[Block]:
    for part in filter(None, brief.intro.splitlines()):
        yield Paragraph(tongues.words(part))
    for theme in themes(brief):
        yield from _theme(theme)


def _theme(theme: Theme) -> Iterator[Block]:
    yield Heading(theme.name)
    yield Bullets(tuple(_line(line) for line in theme.lines))


def _line(line: Line) -> Text:
    link = settings.BASE_URL + line.url if line.url else ""
    own = tongues.words(line.text)
    words = (Span(own),) if isinstance(own, str) else own
    return (*words, Span(" "), Span(f"({line.source})", soft=True, link=link))
