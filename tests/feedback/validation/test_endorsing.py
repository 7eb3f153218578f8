"""Experts stand behind a released version by name; nothing of it tells who reviewed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts import reference
from experts.enums import Role
from experts.models import AuditEvent
from feedback.reviews.models import Assignment
from feedback.validation.domain.proof import endorsing
from feedback.validation.models import Endorsement, Verdict
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
TODAY = make.NOW.date()


@pytest.fixture
def version():
    """Released, with a verdict that it may be relied on."""
    found = world.released(world.version())
    world.verdict(found)
    return found


def endorse(version, by, *, shows_name=True, words="I use it every week."):
    return endorsing.endorse(
        version=version, words=words, shows_name=shows_name, by=by, at=make.NOW, today=TODAY
    )


def test_an_expert_signs_under_the_hash_and_the_deed_is_kept(version):
    made = endorse(version, make.user())
    assert (made.sha256, made.signed_at) == (version.sha256, make.NOW)
    event = AuditEvent.objects.get(deed="version endorsed")
    assert event.object_id == version.pk


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EXPERT])
def test_nobody_but_experts_endorses(version, role):
    with pytest.raises(Refused, match="Only experts"):
        endorse(version, make.user(role))


def test_who_owns_uploaded_or_translated_a_material_does_not_endorse_it(version):
    owner = make.person(Role.EXPERT)
    own = world.released(make.version(make.material(owner=owner)))
    uploaded = world.released(make.version(make.material()))
    uploader = make.person()
    make.version(uploaded.material, uploaded_by=uploader)
    translator = make.person(name="Ana  Petrova")
    edition = world.released(make.version(language="bg", translator="ana petrova"))
    for found, person in ((own, owner), (uploaded, uploader), (edition, translator)):
        world.verdict(found)
        with pytest.raises(Refused, match="owns, uploaded or translated"):
            endorse(found, person.user)


def test_before_the_release_nobody_endorses_because_it_would_tell_who_was_asked():
    version = world.version()
    world.verdict(version)
    with pytest.raises(endorsing.NotEndorsable, match="once it is released"):
        endorse(version, make.user())


def test_without_a_verdict_that_holds_nobody_endorses(version):
    unjudged = world.released(world.version())
    with pytest.raises(endorsing.NotEndorsable, match="may be relied on"):
        endorse(unjudged, make.user())
    day_after = Verdict.objects.get().valid_until + timedelta(days=1)
    assert "may be relied on" in endorsing.why_not(version, day_after)


def test_signing_twice_counts_once(version):
    user = make.user()
    endorse(version, user)
    with pytest.raises(endorsing.NotEndorsable, match="already"):
        endorse(version, user)
    assert Endorsement.objects.count() == 1


def test_taken_back_with_a_reason_it_is_counted_and_can_be_signed_anew(version):
    user = make.user()
    endorse(version, user)
    endorsing.take_back(version=version, reason="The law changed.", by=user, at=make.NOW)
    found = endorsing.of_version(version.pk)
    assert (found.total, found.taken_back) == (0, 1)
    assert Endorsement.objects.get().revoked_because == "The law changed."
    endorse(version, user)
    assert endorsing.of_version(version.pk).total == 1


def test_nobody_takes_back_what_they_did_not_sign(version):
    endorse(version, make.user())
    with pytest.raises(endorsing.NotEndorsable):
        endorsing.take_back(version=version, reason="No.", by=make.user(), at=make.NOW)
    assert endorsing.of_version(version.pk).total == 1


def test_only_names_that_were_given_are_shown_and_words_only_with_a_name(version, client, as_user):
    world.endorsement(version, make.person(name="Vera Open"), shows_name=True, words="Clear.")
    world.endorsement(version, make.person(name="Hanna Hidden"), words="My secret words.")
    verdict = Verdict.objects.get()
    member = as_user(make.user(Role.PARTNER, "IT"))
    for page in (
        client.get(reverse("verify_verdict", args=[verdict.key])).content.decode(),
        member.get(version.get_absolute_url()).content.decode(),
    ):
        assert "Vera Open" in page
        assert "Clear." in page
        assert "2 experts endorse this version." in page
        assert "1 of them without a name." in page
        assert "Hanna Hidden" not in page
        assert "My secret words." not in page


def test_the_pages_sign_and_take_back(version, as_user):
    user = make.user()
    client = as_user(user)
    assert "Endorse this version" in client.get(version.get_absolute_url()).content.decode()
    url = reverse("version_endorse", args=[version.pk])
    assert version.sha256 in client.get(url).content.decode()
    assert client.post(url, {"words": "Good.", "shows_name": "on"}).status_code == 302
    assert (
        "You endorse this version by name."
        in client.get(version.get_absolute_url()).content.decode()
    )
    again = client.post(url, {"words": ""})
    assert again.status_code == 200
    back = reverse("endorsement_take_back", args=[version.pk])
    assert "aria-invalid" in client.post(back, {"reason": " "}).content.decode()
    assert client.post(back, {"reason": "I left."}).status_code == 302
    assert Endorsement.objects.get().revoked_at is not None


def test_the_page_and_the_panel_look_alike_whether_or_not_one_reviewed(as_user):
    """Two experts, one of whom reviewed the version: both are offered the same."""
    version = world.version()
    judged = world.review_round(version=version)
    reviewer, other = make.person(name="Same Name"), make.person(name="Same Name")
    world.answered(judged, reviewer)
    world.released(version)
    world.verdict(version, round=judged)
    url = reverse("version_endorse", args=[version.pk])
    pages = [as_user(person.user).get(url).content for person in (reviewer, other)]
    assert pages[0].count(b"<form") == pages[1].count(b"<form")
    endorsed = [endorse(version, person.user) for person in (reviewer, other)]
    facts = [{**vars(e), "id": 0, "person_id": 0, "_state": 0} for e in endorsed]
    assert [f.keys() for f in facts] == [facts[0].keys()] * 2
    fields = {field.related_model for field in Endorsement._meta.get_fields()} - {None}
    assert Assignment not in fields


def test_a_review_changes_nothing_of_what_others_see_of_endorsements(version, as_user):
    """The twin worlds: before and after a review of the endorser is sent."""
    person = make.person()
    world.endorsement(version, person, shows_name=True)
    verdict = Verdict.objects.get()
    looker = as_user(make.user(Role.PARTNER, "IT"))
    reference.countries()

    def look():
        public = looker.get(reverse("verify_verdict", args=[verdict.key])).content
        panel = looker.get(version.get_absolute_url()).content.decode()
        start = panel.index('id="endorsements"')
        return public, panel[start : panel.index("</section>", start)]

    before = look()
    later = world.review_round(version=version)
    world.answered(later, person)
    assert look() == before


def test_the_page_of_a_version_asks_as_much_for_one_endorsement_as_for_three(version, as_user):
    client = as_user(make.user())
    world.endorsement(version, shows_name=True)
    reference.countries()
    client.get(version.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(version.get_absolute_url())
    for _n in range(2):
        world.endorsement(version, shows_name=True)
    with CaptureQueriesContext(connection) as three:
        client.get(version.get_absolute_url())
    assert len(three) == len(one)
    assert len(one) <= 12, [query["sql"][:90] for query in one]
