"""No export names anybody who was at a session under the Chatham House rule, or wrote about it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cop_platform.common.reporting.sections import Profile
from cop_platform.routes import REGISTER
from experts.domain import message_kinds
from experts.enums import Role
from experts.models import Message, User
from feedback.reports.domain import assembly, facts
from feedback.reports.domain.asking import Asked
from feedback.reports.domain.collecting import collect
from feedback.reports.domain.edition import Edition
from feedback.reports.domain.period import Period
from sessions.domain import feeds
from sessions.domain.parts import Holder
from sessions.enums import Answer, Duty, FeedScope
from sessions.models import CopSession, Invitation
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, say

pytestmark = pytest.mark.django_db(transaction=True)
PLANNER, LEADER, COMING, WRITING = (
    "Quendolina Aufderheide", "Zebulon Krkonoš", "Philippa Undset", "Thaddeus Ysselmonde",
)  # fmt: skip
CANARIES = (PLANNER, LEADER, COMING, WRITING)
LATER = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
# What leads out of the platform as a file or a printed page.
_EXPORT = re.compile(
    r"_(csv|xlsx|docx|pdf|json|zip|print|file|export|download|results|data)$|feed$"
)
# Addresses of one object that is no session, and holds nothing of who was at one.
_OF_SOMETHING_ELSE = {
    "brief_docx": "a brief: words of its writer",
    "brief_pdf": "a brief: words of its writer",
    "capture_csv": "a focus group: participants are codes",
    "capture_print": "a focus group: participants are codes",
    "capture_xlsx": "a focus group: participants are codes",
    "catalogue_file": "a material that was published",
    "certificate_docx": "somebody's own certificate: its holder, a number of sessions, no title",
    "certificate_pdf": "somebody's own certificate: its holder, a number of sessions, no title",
    "credential_file": "somebody's own certificate",
    "form_results": "a form without names",
    "form_results_csv": "a form without names",
    "form_results_xlsx": "a form without names",
    "group_report_docx": "a focus group: participants are codes",
    "group_report_pdf": "a focus group: participants are codes",
    "guide_print": "a guide of questions",
    "incoming_file": "a file somebody uploads",
    "referral_print": "addresses of offices",
    "review_annotations_export": "one's own remarks on a material",
    "review_form_docx": "an empty form",
    "review_form_xlsx": "an empty form",
    "version_file": "a material",
    "version_pdf": "a material",
}
# Files of a report: they draw the dataset that the last test reads.
_OF_A_REPORT = {
    "report_binder_zip", "report_data", "report_docx", "report_json", "report_pdf",
    "report_public_file", "report_results", "report_xlsx",
}  # fmt: skip


@pytest.fixture
def session() -> CopSession:
    """Of Bulgaria and Greece, under the rule; everybody who has to do with it is a canary."""
    host = make.user(Role.COORDINATOR, "BG", name=PLANNER)
    leader, coming = world.member("EL", name=LEADER), world.member("EL", name=COMING)
    found = make.cop_session(
        "BG", "EL", by=host, chatham_house=True, duties=(Holder(leader, Duty.FACILITATOR),)
    )
    make.invitation(found, coming)
    Invitation.objects.update(answer=Answer.YES, answered_at=make.NOW)
    writer = account(world.member("BG", name=WRITING))
    first = say("session", found.pk, "We signed too early.", by=writer)
    say("session", found.pk, "So did we.", by=account(leader), quoted_id=first.pk)
    return found


@pytest.fixture
def reader() -> User:
    """An expert of a third country, who was not asked."""
    return make.user(Role.EXPERT, "IT")


def named_in(content: bytes) -> list[str]:
    """The canaries in a file, those in the parts of an archive among them."""
    text = "\n".join(part.decode("utf-8", "replace") for part in _parts(content))
    return [name for name in CANARIES if name in text or name.split()[-1] in text]


def _parts(content: bytes) -> Iterator[bytes]:
    # Long lines of calendars are folded.
    yield content.replace(b"\r\n ", b"")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _parts(archive.read(name))


def exports() -> dict[str, str]:
    """The address of each export by its name; "" for those of one object."""
    return {name: _address(name) for name in sorted(REGISTER) if _EXPORT.search(name)}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def test_a_canary_is_found_where_there_is_one():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sheet.xml", f"<t>{COMING}</t>")
    assert named_in(packed.getvalue()) == [COMING]


def test_every_export_is_looked_at():
    """A new one is walked as soon as it needs no object; else somebody says here what it tells."""
    with_object = {name for name, address in exports().items() if not address} - {"feed"}
    assert with_object - _OF_A_REPORT == set(_OF_SOMETHING_ELSE)


def test_no_export_for_members_names_anybody(as_user, session, reader):
    client: Client = as_user(reader)
    walked = {}
    for name, address in exports().items():
        if not address:
            continue
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        walked[name] = (answer.status_code, named_in(content))
    assert {"practice_csv", "idea_xlsx", "health_csv", "my_learning_csv"} <= set(walked)
    assert {name: said for name, said in walked.items() if said[1] or said[0] >= 500} == {}


@pytest.mark.parametrize("scope", FeedScope.values)
def test_no_subscribed_calendar_names_anybody(client, session, scope):
    for owner in (make.user(Role.EXPERT, "IT"), make.user(Role.EXPERT, "EL")):
        cop = make.cop(make.country("EL")) if scope == FeedScope.COP else None
        make.invitation(session, owner.person)
        feed = feeds.make(scope=scope, cop=cop, by=owner, at=make.NOW)
        answer = client.get(reverse("feed", args=[feeds.token(feed)]))
        assert session.title.encode() in answer.content
        assert named_in(answer.content) == []


def test_the_calendar_entry_of_a_guest_names_the_organiser_and_the_guest_alone(session, reader):
    asked = make.invitation(session, reader.person)
    message = Message.objects.get(object_id=asked.pk, kind="session_invitation")
    kind = message_kinds.get(message.kind)
    mail = kind.render(message, kind.load([message])[message.pk], make.NOW)
    assert mail.calendar is not None
    assert named_in(mail.calendar.text.encode()) == [PLANNER]


def test_the_archive_of_the_community_names_nobody(session, tmp_path):
    for code in ("BG", "EL"):
        target = tmp_path / f"{code}.zip"
        call_command("export_cop", code, out=str(target), stdout=io.StringIO())
        assert named_in(target.read_bytes()) == []
        with zipfile.ZipFile(target) as archive:
            told = json.loads(archive.read("data.json"))
        [one] = told["sessions"]
        assert one["led_by"] == ["Facilitator"]


@pytest.mark.parametrize("profile", [Profile.AGENCY, Profile.PUBLIC])
@pytest.mark.parametrize("code", ["BG", "EL"])
def test_the_report_of_a_country_names_nobody(session, code, profile):
    period = Period(date(2026, 11, 1), date(2026, 11, 30))
    asked = Asked(period=period, profile=profile, country=make.country(code))
    dataset = collect(asked=asked, at=LATER)
    assert len(dataset.sections["sessions"].meetings) == 1
    assert named_in(facts.to_json(dataset)) == []
    document = assembly.document(dataset, Edition(code, 1, "en", "https://x.example/verify"))
    assert named_in(repr(document).encode()) == []
