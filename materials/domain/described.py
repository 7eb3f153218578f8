"""A catalogue entry for machines: schema.org and Dublin Core, and news as a feed."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from materials.domain.catalogue_entries import Edition, EntryPage
from materials.models import Version

MOST_NEWS = 50
# Inside a script element nothing may end it.
_SAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def address(name: str, *args: object) -> str:
    """The full address of a page of the catalogue."""
    return settings.BASE_URL + reverse(name, args=args)


def schema_org(page: EntryPage, *, nonce: str) -> SafeString:
    """The entry as JSON-LD, in a script element that holds data and runs nothing."""
    material = page.material
    said = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": address("catalogue_entry", material.code),
        "url": address("catalogue_entry", material.code),
        "identifier": material.code,
        "name": material.title,
        "description": material.summary,
        "learningResourceType": material.get_type_display(),
        "audience": {"@type": "Audience", "audienceType": material.get_audience_display()},
        "educationalLevel": material.levels,
        "keywords": [str(part) for part in page.parts],
        "inLanguage": sorted({one.version.language for one in page.editions}),
        "isAccessibleForFree": True,
        "workExample": [_work(one) for one in page.editions],
    }
    text = json.dumps({k: v for k, v in said.items() if v not in ("", [])}, ensure_ascii=False)
    safe = mark_safe(text.translate(_SAFE))  # noqa: S308  every sign that could end it is escaped
    return format_html('<script type="application/ld+json" nonce="{}">{}</script>', nonce, safe)


def _work(one: Edition) -> dict[str, Any]:
    version = one.version
    assert version.released_at is not None  # only released ones are editions
    said: dict[str, Any] = {
        "@type": "CreativeWork",
        "version": version.number,
        "inLanguage": version.language,
        "license": one.licence_address or one.licence,
        "datePublished": version.released_at.date().isoformat(),
    }
    if version.valid_until:
        said["expires"] = version.valid_until.isoformat()
    if version.translator:
        said["translator"] = {"@type": "Person", "name": version.translator}
    if version.link:
        return said | {"url": version.link}
    media = {
        "@type": "MediaObject",
        "contentUrl": address("catalogue_file", version.material.code, version.number),
        "encodingFormat": version.media_type,
        "contentSize": str(version.size),
        "sha256": version.sha256,
    }
    return said | {"encoding": media}


def dublin_core(page: EntryPage) -> list[tuple[str, str]]:
    """Names and contents of the meta elements."""
    material = page.material
    said = [
        ("DC.identifier", address("catalogue_entry", material.code)),
        ("DC.title", material.title),
        ("DC.description", material.summary),
        ("DC.type", material.get_type_display()),
        ("DC.audience", material.get_audience_display()),
        *(("DC.language", one.version.language) for one in page.editions),
        *(("DC.rights", text) for text in dict.fromkeys(one.licence for one in page.editions)),
        *(("DC.subject", str(part)) for part in page.parts),
        ("DC.date", max(_day(one) for one in page.editions)),
    ]
    return [(name, text) for name, text in said if text]


def _day(one: Edition) -> str:
    return one.version.released_at.date().isoformat() if one.version.released_at else ""


def feed() -> bytes:
    """The newest released editions as an Atom feed. One query."""
    rows = Version.objects.released().select_related("material")
    newest = list(rows.order_by("-released_at", "-pk")[:MOST_NEWS])
    atom = Atom1Feed(
        title=_("Released learning materials"),
        link=address("catalogue"),
        description="",
        feed_url=address("catalogue_feed"),
        language=settings.LANGUAGE_CODE,
    )
    for version in newest:
        material = version.material
        values = {
            "code": material.code,
            "title": material.title,
            "language": version.get_language_display(),
            "number": version.number,
        }
        atom.add_item(
            title=_("%(code)s %(title)s: %(language)s, version %(number)d") % values,
            link=address("catalogue_entry", material.code),
            description=material.summary,
            pubdate=version.released_at,
            updateddate=version.released_at,
            unique_id=f"urn:sha256:{version.sha256}",
            categories=[str(material.get_type_display())],
        )
    return atom.writeString("utf-8").encode()
