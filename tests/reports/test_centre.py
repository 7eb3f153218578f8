"""The download centre: what is listed for whom, archives, and the public's list."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse

from cop_platform.common import signing
from experts import reference
from experts.enums import Role
from feedback.reports.enums import Step
from feedback.reports.models import ReleaseStep, Report
from tests import factories as make
from tests.reports import stored

pytestmark = pytest.mark.django_db


def step(report: Report, *steps: Step, reason: str = "") -> Report:
    for each in steps:
        ReleaseStep.objects.create(
            report=report,
            step=each,
            by=make.person(Role.PARTNER),
            at=make.NOW,
            reason=reason if each == Step.WITHDRAWN else "",
        )
    return report


def names(client, **asked) -> list[str]:
    html = client.get(reverse("report_list"), asked).content.decode()
    return [str(report) for report in Report.objects.all() if f'name-{report.pk}"' in html]


@pytest.mark.parametrize(
    ("role", "listed"),
    [
        (Role.PARTNER, ["BG 1", "IT 2"]),
        (Role.COORDINATOR, ["BG 1", "IT 2"]),
        (Role.PROJECT_MANAGER, ["BG 1", "IT 2", "IT 1"]),
        (Role.EXPERT, ["IT 2"]),
        (Role.PLATFORM_ADMIN, ["IT 2"]),
    ],
)
def test_each_role_sees_the_releases_of_its_countries_and_public_ones(as_user, role, listed):
    stored.report("BG")
    stored.report("IT")
    step(stored.report("IT", number=2, profile="public"), Step.SIGNED, Step.PUBLIC)

    assert names(as_user(make.user(role))) == listed


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ({"state": "draft"}, ["BG 1"]),
        ({"state": "signed"}, ["BG 2"]),
        ({"state": "public"}, ["BG 3"]),
        ({"state": "withdrawn"}, ["BG 4"]),
        ({"profile": "public"}, ["BG 3"]),
        ({"year": "2026", "country": "BG", "state": "signed"}, ["BG 2"]),
        ({"year": "1999"}, ["BG 4", "BG 3", "BG 2", "BG 1"]),
        ({"country": "<script>"}, ["BG 4", "BG 3", "BG 2", "BG 1"]),
    ],
)
def test_the_list_is_narrowed_and_takes_no_nonsense(as_user, asked, listed):
    stored.report("BG", number=1)
    step(stored.report("BG", number=2), Step.SIGNED)
    step(stored.report("BG", number=3, profile="public"), Step.SIGNED, Step.PUBLIC)
    step(stored.report("BG", number=4), Step.SIGNED, Step.WITHDRAWN, reason="Counted twice.")

    assert sorted(names(as_user(make.user(Role.PARTNER)), **asked)) == sorted(listed)


def test_an_empty_list_offers_one_thing_to_do(as_user):
    make.country("BG")

    html = as_user(make.user(Role.PARTNER)).get(reverse("report_list")).content.decode()

    assert "Compile the first one" in html
    assert reverse("country_reports", args=["BG"]) in html


def test_one_and_three_releases_take_the_same_questions(as_user, django_assert_max_num_queries):
    client, counts = as_user(make.user(Role.PARTNER)), []
    reference.countries()
    for numbers in ([1], [2, 3]):
        for number in numbers:
            step(stored.report("BG", number=number), Step.SIGNED)
        for name in ("report_list", "report_public_list"):
            reference.countries()
            with django_assert_max_num_queries(14) as counted:
                client.get(reverse(name))
            counts.append(len(counted))

    assert counts[:2] == counts[2:]


def archive(client, *chosen: object) -> zipfile.ZipFile:
    answer = client.get(reverse("report_zip"), {"chosen": chosen})
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_an_archive_holds_files_signatures_and_a_signed_list_of_them(as_user):
    first = stored.report("BG", number=1)
    second = step(stored.report("BG", number=2), Step.WITHDRAWN, reason="Counted twice.")

    held = archive(as_user(make.user(Role.PARTNER)), first.pk, second.pk)

    assert held.testzip() is None
    assert len(held.namelist()) == 2 * 4 * 2 + 2
    listed = json.loads(held.read("manifest.json"))["releases"]
    assert [(r["release"], r["state"]) for r in listed] == [(2, "withdrawn"), (1, "draft")]
    assert listed[0]["withdrawn_because"] == "Counted twice."
    key = signing.public_key()
    for release in listed:
        for file in release["files"]:
            content = held.read(file["name"])
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
            assert signing.verify(content, held.read(f"{file['name']}.sig"), key)
    assert signing.verify(held.read("manifest.json"), held.read("manifest.json.sig"), key)
    assert "BG-validation-report-2-WITHDRAWN.pdf" in held.namelist()


def test_an_archive_holds_only_what_the_reader_may_have(as_user):
    own, foreign = stored.report("BG"), stored.report("IT")

    held = archive(as_user(make.user(Role.PARTNER)), own.pk, foreign.pk)

    assert not [name for name in held.namelist() if name.startswith("IT")]


def test_a_file_that_is_gone_is_named_in_the_list(as_user):
    report = stored.report("BG")
    pdf = report.files.get(format="pdf")
    pdf.file.storage.delete(pdf.file.name)

    held = archive(as_user(make.user(Role.PARTNER)), report.pk)

    files = json.loads(held.read("manifest.json"))["releases"][0]["files"]
    assert [file["missing"] for file in files] == [True, False, False, False]


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 60], ["-1"]])
def test_nothing_chosen_is_a_sentence(as_user, chosen):
    answer = as_user(make.user(Role.PARTNER)).get(reverse("report_zip"), {"chosen": chosen})

    assert answer.status_code == 200
    assert "Tick between one" in answer.content.decode()


def test_every_download_has_our_signature_beside_it(as_user):
    report, client = stored.report("BG"), as_user(make.user(Role.PARTNER))

    for file_format in ("pdf", "docx", "xlsx", "json"):
        answer = client.get(reverse(f"report_{file_format}", args=[report.pk]))
        beside = client.get(reverse("report_signature", args=[report.pk, file_format]))
        content = b"".join(answer.streaming_content)
        assert signing.verify(content, beside.content, signing.public_key())
        name = f"BG-validation-report-1.{file_format}.sig"
        assert beside["Content-Disposition"] == f'attachment; filename="{name}"'


def test_strangers_get_public_releases_and_no_other(client):
    draft = stored.report("BG", number=1, profile="public")
    public = step(stored.report("BG", number=2, profile="public"), Step.SIGNED, Step.PUBLIC)
    html = client.get(reverse("report_public_list")).content.decode()

    assert f"release-{public.pk}" in html
    assert f"release-{draft.pk}" not in html
    for report, status in ((public, 200), (draft, 404)):
        for name in ("report_public_file", "report_public_signature"):
            assert client.get(reverse(name, args=[report.pk, "pdf"])).status_code == status


def test_a_withdrawn_public_release_stays_with_its_reason_and_marked_downloads(client):
    report = stored.report("BG", profile="public")
    step(report, Step.SIGNED, Step.PUBLIC, Step.WITHDRAWN, reason="Counted <twice>.")

    html = client.get(reverse("report_public_list")).content.decode()
    answer = client.get(reverse("report_public_file", args=[report.pk, "pdf"]))

    assert "Counted &lt;twice&gt;." in html
    assert "Do not rely on it" in html
    assert 'filename="BG-validation-report-1-WITHDRAWN.pdf"' in answer["Content-Disposition"]


def test_the_publics_list_reads_from_right_to_left_in_arabic(client):
    html = client.get(reverse("report_public_list"), {"lang": "ar"}).content.decode()

    assert 'dir="rtl"' in html
    assert "Validation reports" not in html


def test_a_reader_asks_to_be_told_and_takes_it_back(as_user):
    make.country("BG")
    client = as_user(make.user(Role.PARTNER))
    url, page = reverse("report_follow", args=["BG"]), reverse("country_reports", args=["BG"])

    client.post(url, {"wanted": "yes"})
    told = client.get(page).content.decode()
    client.post(url, {"wanted": "no"})
    not_told = client.get(page).content.decode()

    assert "Tell me no more" in told
    assert "Tell me of new releases" in not_told
