"""The demo project's twelve materials, with real documents behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile

from experts.models import User
from materials import demo_files, demo_glossary, demo_more
from materials.domain import matrix, uploads
from materials.domain.uploads import MaterialFacts, VersionFacts
from materials.enums import Licence, MaterialAudience, MaterialType
from materials.models import Material


@dataclass(frozen=True)
class DemoVersion:
    """A version told in months before the anchor; `build` gives its bytes, else it is a link."""

    months: int
    build: Callable[[], bytes] | None = None
    name: str = ""
    link: str = ""
    language: str = "en"
    what_changed: str = ""
    released: bool = False
    # Of which version number it is the translation, and by whom; 0 for an original.
    source: int = 0
    translator: str = ""


@dataclass(frozen=True)
class DemoMaterial:
    code: str
    title: str
    type: MaterialType
    audience: MaterialAudience
    summary: str
    versions: tuple[DemoVersion, ...]
    owner: str = "author"
    licence: Licence = Licence.CC_BY_SA


def _short(code: str, months: int, **more: object) -> DemoVersion:
    return DemoVersion(
        months,
        lambda: demo_files.short(code),
        f"{code.lower()}.pdf",
        **more,  # type: ignore[arg-type]
    )


_GUIDE = (
    DemoVersion(11, lambda: demo_files.guide("en"), "mentor-guide.pdf", released=True),
    DemoVersion(
        3,
        lambda: demo_files.guide("ar"),
        "دليل المرشد.pdf",
        language="ar",
        what_changed="The Arabic edition, translated page by page from version 1.",
        source=1,
        translator="Intercultural mediator DE-04",
    ),
)
_WORKBOOK = (
    _short("M02", 9, released=True),
    DemoVersion(
        2,
        lambda: demo_files.short("M02", 2),
        "learner-workbook-2.pdf",
        what_changed="Asked for by Spain and Sweden: room to draw, no example from the kitchen.",
    ),
)

MATERIALS = [
    DemoMaterial(
        "M01",
        "Mentor guide",
        MaterialType.GUIDE,
        MaterialAudience.MENTORS,
        "How a mentor accompanies a portfolio in six meetings, with a guide for the first "
        "conversation and a page on consent.",
        _GUIDE,
    ),
    DemoMaterial(
        "M02",
        "Learner workbook",
        MaterialType.WORKBOOK,
        MaterialAudience.MIGRANTS,
        "The first steps of a portfolio in easy language, to write or to draw.",
        _WORKBOOK,
    ),
    DemoMaterial(
        "M03",
        "Portfolio template",
        MaterialType.TEMPLATE,
        MaterialAudience.MIGRANTS,
        "An empty portfolio to fill in: skills, languages, evidence, next step.",
        (DemoVersion(9, demo_files.portfolio_template, "portfolio-template.docx", released=True),),
        licence=Licence.CC0,
    ),
    DemoMaterial(
        "M04",
        "Picture self-assessment cards",
        MaterialType.CARDS,
        MaterialAudience.MIGRANTS,
        "Finding out what somebody can do with pictures instead of forms.",
        (_short("M04", 8, released=True),),
        owner="coordinator.el",
    ),
    DemoMaterial(
        "M05",
        "Language passport",
        MaterialType.TEMPLATE,
        MaterialAudience.MIGRANTS,
        "All languages of a person and what they do with each, five skills from A1 to C2.",
        (_short("M05", 7),),
        owner="coordinator.de",
    ),
    DemoMaterial(
        "M06",
        "Evidence guide",
        MaterialType.GUIDE,
        MaterialAudience.MENTORS,
        "Six kinds of evidence, and what to do when papers are lost.",
        (_short("M06", 7, released=True),),
    ),
    DemoMaterial(
        "M07",
        "Module: mentoring between cultures",
        MaterialType.MODULE,
        MaterialAudience.MENTORS,
        "Three hours for groups of mentors, with scenes they bring themselves.",
        (_short("M07", 6),),
        owner="coordinator.it",
    ),
    DemoMaterial(
        "M08",
        "Module: steps of prior learning",
        MaterialType.MODULE,
        MaterialAudience.MENTORS,
        "Identification, documentation, assessment, certification, and who decides on what.",
        (_short("M08", 6),),
        owner="coordinator.se",
    ),
    DemoMaterial(
        "M09",
        "Captioned video: a portfolio in one afternoon",
        MaterialType.VIDEO,
        MaterialAudience.ALL,
        "A film without a speaker's voice, with captions in several languages.",
        (DemoVersion(5, link="https://video.example.org/portfolio-afternoon", released=True),),
    ),
    DemoMaterial(
        "M10",
        "Platform screens",
        MaterialType.PLATFORM,
        MaterialAudience.ALL,
        "The screens of the portfolio platform, to click through.",
        (DemoVersion(5, link="https://portfolio.example.org/try"),),
        licence=Licence.ALL_RIGHTS_RESERVED,
    ),
    DemoMaterial(
        "M11",
        "Group pack: portfolio café",
        MaterialType.PACK,
        MaterialAudience.MENTORS,
        "Six open afternoons in which people build portfolios together, with childcare.",
        (_short("M11", 4),),
        licence=Licence.CC_BY_NC_SA,
    ),
    DemoMaterial(
        "M12",
        "National annex: Bulgaria",
        MaterialType.ANNEX,
        MaterialAudience.EXPERTS,
        "Offices, words, rights and dates for each step of M08.",
        (_short("M12", 4),),
        owner="coordinator.bg",
        licence=Licence.CC_BY,
    ),
]


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    there = set(Material.objects.values_list("code", flat=True))
    for data in MATERIALS:
        if data.code not in there:
            _seed_material(data, anchor)
    manager = User.objects.get(email="manager@demo.example")
    demo_glossary.seed(by=manager, at=datetime.combine(anchor, time(9, 0), tzinfo=UTC))
    demo_more.seed(anchor)


def _seed_material(data: DemoMaterial, anchor: date) -> None:
    by = User.objects.get(email=f"{data.owner}@demo.example")
    first, *later = data.versions
    material = uploads.create_material(
        facts=MaterialFacts(
            title=data.title,
            type=data.type,
            audience=data.audience,
            licence=data.licence,
            code=data.code,
            summary=data.summary,
        ),
        first=_facts(first),
        by=by,
        at=_moment(anchor, first),
    )
    matrix.set_matrix(
        material_id=material.pk,
        wanted=matrix.from_goals(material),
        by=by,
        at=_moment(anchor, first),
    )
    for version in later:
        source = material.versions.filter(number=version.source).first()
        facts = replace(_facts(version), source_id=source.pk if source else None)
        uploads.add_version(
            material_id=material.pk, facts=facts, by=by, at=_moment(anchor, version)
        )
    for version, row in zip(data.versions, material.versions.order_by("number"), strict=True):
        if version.released:
            at = _moment(anchor, version) + relativedelta(days=20)
            uploads.note_release(version_id=row.pk, by=by, at=at)


def _facts(version: DemoVersion) -> VersionFacts:
    file = ContentFile(version.build(), version.name) if version.build else None
    return VersionFacts(
        language=version.language,
        file=file,
        link=version.link,
        what_changed=version.what_changed,
        translator=version.translator,
    )


def _moment(anchor: date, version: DemoVersion) -> datetime:
    day = anchor - relativedelta(months=version.months)
    return datetime.combine(day, time(10, 0), tzinfo=UTC)
