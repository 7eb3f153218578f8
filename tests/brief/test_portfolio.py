"""Rows 24 to 36 of the brief, what the communities do for e-portfolios, on the demo."""

from __future__ import annotations

import hashlib
import io
import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cop_platform.common import signing
from cop_platform.common.reporting.sections import Profile
from experts.models import Country, Message, Partner
from feedback.reports.domain import period
from feedback.reports.domain.asking import Asked
from feedback.validation.models import Endorsement, Verdict
from materials.models import Version
from practices.domain.health import kept
from practices.domain.ideas import funnel
from practices.domain.people import quiet, report
from practices.enums import IdeaState
from practices.models import Adoption, Brief, HelpGiven, Idea, Practice
from sessions.domain.report.section import SECTION as SESSIONS
from sessions.enums import Kind
from sessions.models import CopSession
from tests.brief.people import user

pytestmark = pytest.mark.django_db
ZONES = {"bg": "Europe/Sofia", "de": "Europe/Berlin", "el": "Europe/Athens"}


@pytest.mark.parametrize("month", [1, 7])
def test_row_24_everybody_sees_the_own_hour_on_both_sides_of_the_clock_change(sign_in, month):
    session = CopSession.objects.get(title="All countries: what the validation tells us")
    year = timezone.now().year + 1
    starts = datetime(year, month, 14, 8, 0, tzinfo=UTC)
    home = starts.astimezone(ZoneInfo(session.zone))
    sign_in("manager").post(
        reverse("session_move", args=[session.pk]),
        {
            "day": home.date().isoformat(),
            "clock": f"{home:%H:%M}",
            "version": session.version,
        },
    )
    session.refresh_from_db()
    assert session.starts_at == starts

    pages = {
        code: sign_in(f"expert.{code}-01").get(session.get_absolute_url()).content.decode()
        for code in ZONES
    }

    for code, page in pages.items():
        assert f"{starts.astimezone(ZoneInfo(ZONES[code])):%H:%M}" in page, code


def test_row_25_a_missing_legal_role_is_answered_by_candidates(sign_in):
    session = (
        CopSession.objects.not_cancelled()
        .filter(starts_at__gt=timezone.now(), host_cops__country__code="BG")
        .order_by("starts_at")
        .first()
    )
    session.invitations.filter(person__expert__profession="legal_adviser").delete()

    page = sign_in("coordinator.bg").get(
        reverse("session_invite", args=[session.pk]),
        {"how": "role", "role": "profession:legal_adviser", "everywhere": "on"},
    )

    found = page.context["found"].people
    assert found
    assert {person.expert.profession for person in found} == {"legal_adviser"}


def test_row_26_all_mails_to_an_expert_stand_on_their_page(sign_in):
    person = user("expert.bg-01").person
    sent = Message.objects.filter(person=person, state="sent")
    assert sent.exists()

    page = sign_in("coordinator.bg").get(person.get_absolute_url())

    assert page.context["sees_contacts"]
    log = page.context["contacts"]
    assert (
        log.page.paginator.count == Message.objects.open_to_others().filter(person=person).count()
    )
    assert log.entries


def test_row_27_day_61_queues_exactly_one_note():
    at = timezone.now() + timedelta(days=61)
    notes = Message.objects.filter(kind=quiet.KIND)
    before = notes.count()

    quiet.tick(at)
    first = notes.count()
    quiet.tick(at + timedelta(hours=2))
    quiet.tick(at + timedelta(days=30))

    assert first > before
    people = list(notes.values_list("person_id", flat=True))
    assert len(people) == len(set(people))


def _scope(code: str):
    """What a report of a country, from its start to yesterday, is about."""
    now = timezone.now()
    country = Country.objects.select_related("cop").get(code=code)
    end = now.date() - timedelta(days=1)
    days = period.chosen(start=None, end=end, zone=country.zone, at=now)
    return Asked(period=days, profile=Profile.AGENCY, country=country).scope([country], now)


@pytest.mark.parametrize("code", ["BG", "DE", "EL", "ES", "IT", "SE"])
def test_row_28_the_annex_of_the_report_sums_help_by_kind(code):
    scope = _scope(code)
    lines = HelpGiven.objects.filter(
        person__country__code=code, on__gte=scope.start, on__lte=scope.end
    )
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.kind] += line.minutes or 0

    facts = report.collect(scope)

    if lines.count() >= report.SMALLEST:
        assert facts.minutes == sum(sums.values())
        assert {one.kind: one.minutes for one in facts.kinds if one.kind} == {
            one.kind: sums[one.kind] for one in facts.kinds if one.kind
        }
        assert sum(one.minutes for one in facts.kinds) == facts.minutes
    else:
        assert facts.kinds == ()


@pytest.mark.parametrize("code", ["BG", "DE", "EL", "ES", "IT", "SE"])
def test_row_29_the_report_prints_focus_groups_and_feedback_sessions_held(code):
    scope = _scope(code)
    over = CopSession.objects.not_cancelled().filter(
        host_cops__country__code=code, ends_at__gt=scope.after, ends_at__lte=scope.until
    )

    facts = SESSIONS.collect(scope)

    for kind in (Kind.FOCUS_GROUP, Kind.FEEDBACK):
        assert facts.of_kind(kind) == over.filter(kind=kind).distinct().count() > 0


def _validated() -> Verdict:
    found = Verdict.objects.public().good(timezone.now().date()).with_facts()
    return found.exclude(version__file="").order_by("pk")[0]


def test_row_30_another_hash_is_not_validated(client):
    version = _validated().version
    data = version.file.read()
    url = reverse("verify")

    known = client.get(url, {"sha256": hashlib.sha256(data).hexdigest()}).content.decode()
    changed = client.get(url, {"sha256": hashlib.sha256(data + b" ").hexdigest()})

    assert "and it is validated" in known
    assert "This file is unknown here." in changed.content.decode()


def test_row_31_to_publish_names_the_open_cell(as_user):
    held = []
    for version in Version.objects.filter(released_at=None).select_related("material__owner__user"):
        url = reverse("version_release", args=[version.material_id, version.number])
        page = as_user(version.material.owner.user).post(url).content.decode()
        version.refresh_from_db()
        if version.released_at is None and "Nobody has rated version" in page:
            held.append(page)

    assert held
    countries = "|".join(Country.objects.values_list("name", flat=True))
    assert all(re.search(rf"(?:{countries}), \w+: Nobody has rated version", one) for one in held)


def test_row_32_an_endorsed_file_is_verified_and_an_altered_one_fails(tmp_path):
    version = Endorsement.objects.exclude(version__file="").order_by("pk")[0].version
    data = version.file.read()
    (tmp_path / "guide").write_bytes(data)
    (tmp_path / "guide.sig").write_bytes(signing.sign(data))
    (tmp_path / "altered").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    codes = [_verify(tmp_path / name, tmp_path / "guide.sig") for name in ("guide", "altered")]

    assert codes == [0, 1]


def _verify(file, signature) -> int:
    try:
        call_command("verify_file", str(file), sig=str(signature), stdout=io.StringIO())
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_row_33_a_guest_reads_the_catalogue_without_account_cookie_or_tracker(client):
    version = Version.objects.released().filter(material__code="M02").order_by("pk")[0]
    pages = [
        client.get(reverse("catalogue")),
        client.get(reverse("catalogue_entry", args=[version.material.code])),
    ]

    for page in pages:
        assert page.status_code == 200
        assert not page.cookies
        text = page.content.decode()
        assert 'name="viewport"' in text
        assert not re.findall(r'<(?:script|img|iframe)[^>]*src="https?:', text)
        assert not re.findall(r'<link rel="stylesheet"[^>]*href="https?:', text)


def test_row_34_an_adoption_abroad_moves_the_index_and_one_at_home_is_refused(sign_in):
    # By then what is published today is old enough to be counted.
    at = timezone.now() + timedelta(days=91)
    countries = tuple(Country.objects.values_list("pk", flat=True))
    practice = (
        Practice.objects.published()
        .filter(retired_on=None)
        .exclude(versions__adoptions__isnull=False)
        .order_by("pk")
        .first()
    )
    before = kept.count(at, countries).figure("reuse").now
    home = practice.country.code.lower()
    typed = {"use": "tried", "adapted": "In a kitchen.", "outcome": "Six came."}
    url = reverse("practice_adopt", args=[practice.pk])
    abroad = "se" if home != "se" else "it"

    sign_in(f"partner.{home}").post(url, typed)
    assert not Adoption.objects.filter(version__practice=practice).exists()
    sign_in(f"partner.{abroad}").post(url, typed)

    after = kept.count(at, countries).figure("reuse").now
    assert Partner.objects.get(country__code=abroad.upper()).adoptions.filter(
        version__practice=practice
    )
    assert (after.numerator, after.denominator) == (before.numerator + 1, before.denominator)


def test_row_35_ideas_are_in_every_state_days_are_shown_and_none_waits_longer_than_it_may(sign_in):
    today = timezone.now().date()
    found = funnel.collect(Idea.objects.standing(), today=today, countries=())

    assert found.ideas >= 14
    assert all(stage.now for stage in found.stages)
    assert (found.answers.late, found.answers.in_time) == (0, found.answers.due)
    assert {s.state for s in found.stages if s.days is not None} >= {
        IdeaState.NEW,
        IdeaState.EXPLORED,
        IdeaState.TRIED,
    }
    page = sign_in("manager").get(reverse("idea_funnel"))
    assert page.context["funnel"].ideas == found.ideas


def test_row_36_each_line_of_a_brief_cites_its_source(sign_in):
    client = sign_in("coordinator.bg")
    ideas = list(Idea.objects.standing().exclude(state=IdeaState.PARKED).order_by("pk")[:3])
    before = set(Brief.objects.values_list("pk", flat=True))
    client.post(
        reverse("brief_new"),
        {
            "title": "Evenings count",
            "intro": "",
            "audiences": ["mentor", "ngo", "city", "policy"],
            "refs": [f"idea:{idea.pk}" for idea in ideas],
        },
    )

    briefs = Brief.objects.exclude(pk__in=before)

    assert sorted(briefs.values_list("audience", flat=True)) == ["city", "mentor", "ngo", "policy"]
    for brief in briefs:
        page = client.get(brief.get_absolute_url()).content.decode()
        assert brief.lines.count() == len(ideas)
        assert all(f'href="{idea.get_absolute_url()}"' in page for idea in ideas)
