"""The demo's slide deck: the least PowerPoint that programs open, written part by part."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_TIME = (2025, 9, 1, 12, 0, 0)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SPACES = f'xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}/relationships" xmlns:p="{_MAIN}"'
_PART = "application/vnd.openxmlformats-officedocument.presentationml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Title and lines of each slide.
SLIDES = (
    (
        "Steps of prior learning",
        ("Two hours for mentors", "Experience can lead to a certificate"),
    ),
    (
        "Identification and documentation",
        (
            "Find the field of work and the body that is responsible for it",
            "Choose from the portfolio what this body asks for, no more",
        ),
    ),
    (
        "Assessment and certification",
        (
            "Visit the place, practise the task, know the fee and the date",
            "Only an authorised body decides; nobody can promise the result",
        ),
    ),
    (
        "Talk about it in pairs",
        (
            "Which parts of the experience does the body count, and which not?",
            "What happens if the answer is no, and by when can one object?",
        ),
    ),
)


def deck() -> bytes:
    """The slides as a PPTX, always the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts().items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _HEAD + text)
    return target.getvalue()


def _parts() -> dict[str, str]:
    numbers = range(1, len(SLIDES) + 1)
    parts = {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _links([("officeDocument", "ppt/presentation.xml")]),
        "ppt/presentation.xml": _presentation(numbers),
        "ppt/_rels/presentation.xml.rels": _links(
            [("slideMaster", "slideMasters/slideMaster1.xml")]
            + [("slide", f"slides/slide{n}.xml") for n in numbers]
        ),
        "ppt/slideMasters/slideMaster1.xml": _master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _links(
            [("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")]
        ),
        "ppt/slideLayouts/slideLayout1.xml": (
            f'<p:sldLayout {_SPACES} type="blank">{_tree("")}'
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
        ),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _links(
            [("slideMaster", "../slideMasters/slideMaster1.xml")]
        ),
        "ppt/theme/theme1.xml": _theme(),
    }
    for n, (title, lines) in zip(numbers, SLIDES, strict=True):
        parts[f"ppt/slides/slide{n}.xml"] = _slide(title, lines)
        parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = _links(
            [("slideLayout", "../slideLayouts/slideLayout1.xml")]
        )
    return parts


def _types(numbers: range) -> str:
    parts = [
        ("ppt/presentation.xml", f"{_PART}.presentation.main+xml"),
        ("ppt/slideMasters/slideMaster1.xml", f"{_PART}.slideMaster+xml"),
        ("ppt/slideLayouts/slideLayout1.xml", f"{_PART}.slideLayout+xml"),
        ("ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
        *((f"ppt/slides/slide{n}.xml", f"{_PART}.slide+xml") for n in numbers),
    ]
    overrides = "".join(f'<Override PartName="/{p}" ContentType="{t}"/>' for p, t in parts)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _links(targets: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _presentation(numbers: range) -> str:
    slides = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n + 1}"/>' for n in numbers)
    return (
        f"<p:presentation {_SPACES}><p:sldMasterIdLst>"
        '<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        f"<p:sldIdLst>{slides}</p:sldIdLst>"
        '<p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>'
        "</p:presentation>"
    )


def _master() -> str:
    names = "bg1 tx1 bg2 tx2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"
    colours = "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"
    pairs = zip(names.split(), colours.split(), strict=True)
    mapped = " ".join(f'{name}="{colour}"' for name, colour in pairs)
    return (
        f"<p:sldMaster {_SPACES}>{_tree('')}<p:clrMap {mapped}/><p:sldLayoutIdLst>"
        '<p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>'
    )


def _theme() -> str:
    colours = (
        ("dk1", "23201B"), ("lt1", "FFFDF8"), ("dk2", "0E5C5E"), ("lt2", "F6F1E7"),
        ("accent1", "0E5C5E"), ("accent2", "F1BF66"), ("accent3", "56601F"),
        ("accent4", "54488A"), ("accent5", "93401E"), ("accent6", "7D3268"),
        ("hlink", "0E5C5E"), ("folHlink", "5C5549"),
    )  # fmt: skip
    scheme = "".join(f'<a:{n}><a:srgbClr val="{v}"/></a:{n}>' for n, v in colours)
    font = '<a:latin typeface="Noto Sans"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="Portfolios"><a:themeElements>'
        f'<a:clrScheme name="Portfolios">{scheme}</a:clrScheme><a:fontScheme name="Noto">'
        f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Plain"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _tree(shapes: str) -> str:
    return (
        '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    )


def _slide(title: str, lines: tuple[str, ...]) -> str:
    shapes = _text(2, "Title", 685800, 1000000, 4000, [title]) + _text(
        3, "Text", 2100000, 3800000, 2600, list(lines)
    )
    return (
        f"<p:sld {_SPACES}>{_tree(shapes)}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )


def _text(number: int, name: str, top: int, height: int, size: int, lines: list[str]) -> str:
    """A box of text; lengths in EMU, `size` in hundredths of a point."""
    paragraphs = "".join(
        f'<a:p><a:r><a:rPr lang="en-GB" sz="{size}"/><a:t>{escape(line)}</a:t></a:r></a:p>'
        for line in lines
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="838200" y="{top}"/>'
        f'<a:ext cx="10515600" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f'</a:prstGeom></p:spPr><p:txBody><a:bodyPr wrap="square"/><a:lstStyle/>{paragraphs}'
        "</p:txBody></p:sp>"
    )
