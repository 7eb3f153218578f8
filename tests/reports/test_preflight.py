"""What stands between a release and its readers, by its own frozen data and by what is kept now."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass

import pytest
from django.urls import reverse

from cop_platform.common.reporting import sections
from cop_platform.common.reporting.document import Chapter, Paragraph
from cop_platform.common.reporting.sections import Part, Profile, Section
from experts.enums import Role
from feedback.reports.domain import facts, preflight, steps, warnings
from feedback.reports.domain.facts import (
    CountryFacts,
    Dataset,
    FundingFacts,
    FundingWords,
    PictureFacts,
)
from feedback.reports.domain.funding import faults
from feedback.reports.models import ReleaseStep, Report
from tests import factories as make
from tests.reports import funded, stored

pytestmark = pytest.mark.django_db

FUNDING = FundingFacts(
    number="2025-1",
    authority="The agency",
    result="R2",
    licence="CC BY 4.0",
    words=(FundingWords("en", "Funded.", "Views are ours."),),
    emblem=PictureFacts("Flag", "image/svg+xml", "PHN2Zy8+"),
)


@dataclass(frozen=True)
class Said:
    """Facts of a section that only these tests have."""

    text: str


@pytest.fixture(autouse=True)
def _one_section(monkeypatch):
    monkeypatch.setattr(sections, "_registered", {})
    sections.register(
        Section(
            key="said",
            order=10,
            part=Part.CHAPTER,
            title=lambda: "What was said",
            facts=Said,
            collect=lambda scope: Said(""),
            chapters=lambda held, head: (
                [Chapter("said", "Said", (Paragraph(held.text),))] if held.text else []
            ),
            gaps=lambda held, head: [] if held.text else ["Nobody said anything."],
        )
    )


def release(funding: FundingFacts | None = FUNDING, text: str = "Words", code: str = "BG"):
    """A release with these facts, for everybody."""
    dataset = Dataset(
        project="Portfolios",
        acronym="PORT",
        name="",
        countries=(CountryFacts(code, code, "Europe/Sofia", "bg", "CoP", "2025-09-01"),),
        partners=(),
        start="2026-01-01",
        end="2026-06-30",
        profile=Profile.PUBLIC,
        newest_row="2026-06-01",
        funding=funding,
        plan=(),
        sections={"said": Said(text)},
    )
    made = Report.objects.create(
        country=make.country(code),
        number=Report.objects.count() + 1,
        period_start="2026-01-01",
        period_end="2026-06-30",
        profile="public",
        template_version="3",
        dataset_sha256=f"{Report.objects.count():064x}",
        dataset=json.loads(facts.to_json(dataset)),
        compiled_at=make.NOW,
    )
    return Report.objects.get(pk=made.pk)


def _less(**more: object) -> FundingFacts:
    return FundingFacts(**{**vars(FUNDING), **more})


@pytest.mark.parametrize(
    ("funding", "said", "page"),
    [
        (_less(number=""), "Grant number", "report_grant"),
        (_less(authority=""), "authority", "report_grant"),
        (_less(licence=""), "licence", "report_grant"),
        (_less(emblem=None), "emblem is missing", "report_grant"),
        (_less(emblem=PictureFacts("", "image/png", "")), "in words", "report_grant"),
        (_less(words=()), "not signed off in English", "funding_text"),
        (_less(words=(FundingWords("de", "x", "y"),)), "not signed off", "funding_text"),
        (_less(words=(FundingWords("en", "x", ""),)), "not signed off", "funding_text"),
    ],
)
def test_each_rule_that_is_not_met_is_a_sentence_with_its_page(funding, said, page):
    found = list(faults.of_release(release(funding)))

    target = reverse(page, args=["en"]) if page == "funding_text" else reverse(page)
    assert [said in fault.sentence for fault in found] == [True]
    assert found[0].url == target


def test_a_release_that_meets_all_rules_has_no_fault():
    assert list(faults.of_release(release())) == []


def test_what_was_mended_since_needs_another_compile():
    funded.text("en")

    found = list(faults.of_release(release(_less(emblem=None))))

    assert "compile the report again" in found[0].sentence
    assert found[0].url == reverse("country_reports", args=["BG"])


def test_what_would_be_compiled_now_is_looked_at_by_language():
    before = faults.now("en")
    funded.text("en")
    funded.text("bg", signed=False)

    assert len(before) == 4
    assert faults.now("en") == []
    assert ["Bulgarian" in fault.sentence for fault in faults.now("bg")] == [True]


def test_publishing_refuses_while_a_rule_is_not_met():
    report, partner = release(None), make.user(Role.PARTNER)
    steps.sign(report_id=report.pk, by=partner, at=make.NOW)

    with pytest.raises(steps.NotReady) as refused:
        steps.publish(report_id=report.pk, by=partner, at=make.NOW)

    assert len(refused.value.faults) == 4


def test_publishing_goes_on_once_all_is_there():
    report, partner = release(), make.user(Role.PARTNER)
    steps.sign(report_id=report.pk, by=partner, at=make.NOW)

    steps.publish(report_id=report.pk, by=partner, at=make.NOW)

    assert steps.taken(Report.objects.get()) == {"signed", "public"}


def test_what_a_reader_would_stumble_over_is_said_and_does_not_block():
    report = release(_less(licence="all rights reserved"), text="")

    found = [fault.sentence for fault in warnings.of_release(report)]

    assert found == [
        "“All rights reserved” lets nobody pass the report on; funders ask for more.",
        "No partner stands for BG on the cover.",
        "Nobody said anything.",
    ]
    assert [
        fault for fault in preflight.faults(report) if "signed this" not in fault.sentence
    ] == []


@pytest.mark.parametrize(("applies", "said"), [(True, ["“Beside” stays empty."]), (False, [])])
def test_a_section_that_silently_gives_nothing_is_named_where_it_could_stand(applies, said):
    sections.register(
        Section(
            key="beside",
            order=20,
            part=Part.CHAPTER,
            title=lambda: "Beside",
            facts=Said,
            collect=lambda scope: Said(""),
            applies=lambda head: applies,
        )
    )
    report = release(code="BG")
    dataset = report.dataset["sections"] | {"beside": {"text": ""}}
    held = Report(dataset=report.dataset | {"sections": dataset}, country=report.country)

    found = [fault.sentence for fault in warnings.of_release(held)]

    assert [sentence for sentence in found if "Beside" in sentence] == said


def test_characters_without_a_glyph_are_counted():
    found = [fault.sentence for fault in warnings.of_release(release(text="\ue000 \ue001"))]

    assert any(sentence.startswith("2 characters cannot be printed") for sentence in found)


def test_an_older_release_is_not_read_and_not_broken():
    found = warnings.of_release(stored.report("BG"))

    assert ["older form" in fault.sentence for fault in found] == [True]


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.PARTNER, "BG", 200),
        (Role.COORDINATOR, "BG", 200),
        (Role.PROJECT_MANAGER, "BG", 200),
        (Role.PARTNER, "IT", 404),
        (Role.EXPERT, "BG", 404),
    ],
)
def test_who_reads_the_pre_flight(as_user, role, code, status):
    report = release(None, text="")

    answer = as_user(make.user(role, code)).get(reverse("report_preflight", args=[report.pk]))

    assert answer.status_code == status
    if status == 200:
        html = answer.content.decode()
        assert reverse("report_grant") in html
        assert "Nobody said anything." in html


def test_the_page_asks_as_often_with_one_fault_as_with_many(as_user, django_assert_max_num_queries):
    client, counts = as_user(make.user(Role.PROJECT_MANAGER)), []
    for report in (release(_less(emblem=None)), release(None, text="")):
        with django_assert_max_num_queries(15) as counted:
            client.get(reverse("report_preflight", args=[report.pk]))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_a_public_release_is_packed_for_the_results_platform(as_user):
    report, client = stored.report("BG", number=3), as_user(make.user(Role.PARTNER))
    url = reverse("report_results", args=[report.pk])

    before = client.get(url)
    for step in ("signed", "public"):
        ReleaseStep.objects.create(
            report=report, step=step, by=make.person(Role.PARTNER), at=make.NOW
        )
    first, second = client.get(url).content, client.get(url).content

    assert "Only a release that is public" in before.content.decode()
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        facts_of = json.loads(packed.read("metadata.json"))
        assert packed.read("BG-validation-report-3.pdf") == b"pdf of BG 3"
    assert facts_of["release"] == "BG 3"
    assert {file["name"] for file in facts_of["files"]} >= {"BG-validation-report-3.pdf"}
