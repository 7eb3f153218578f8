"""Errata: who is told, who decides, and what the decision changes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.domain import sender
from experts.enums import Role
from experts.models import AuditEvent, Message
from materials.domain import errata, uploads
from materials.domain.uploads import VersionFacts
from materials.models import Erratum, Version
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def material():
    return make.material()


@pytest.fixture
def first(material):
    return make.version(material)


def mend(material) -> Erratum:
    facts = VersionFacts(
        language="en",
        link=f"https://example.org/{material.versions.count()}",
        what_changed="Page 2: form, not from.",
        is_erratum=True,
    )
    by = material.owner.user
    return uploads.add_version(material_id=material.pk, facts=facts, by=by, at=make.NOW).erratum


def decide(erratum, by, *, is_material=False):
    return errata.decide(
        erratum_id=erratum.pk, is_material=is_material, reason="A letter.", by=by, at=make.NOW
    )


def test_an_erratum_mends_the_version_before_it_in_its_language(material, first):
    make.version(material, language="ar", source=first)
    assert mend(material).corrects == first


def test_nothing_to_mend_leaves_no_version(material, first):
    facts = VersionFacts(language="bg", link="https://example.org/", is_erratum=True)
    with pytest.raises(errata.NothingToMend):
        uploads.add_version(
            material_id=material.pk, facts=facts, by=material.owner.user, at=make.NOW
        )
    assert material.versions.count() == 1


def test_everybody_asked_in_an_open_round_is_told_once_and_nobody_else(material, first):
    review_round = world.review_round(version=first, by=material.owner.user)
    asked = make.person()
    world.assigned(review_round, asked)
    make.person()
    erratum = mend(material)
    told = Message.objects.filter(kind=errata.KIND)
    assert [(m.person, m.object_id) for m in told] == [(asked, erratum.pk)]


def test_the_mail_says_what_was_mended_and_reaches_the_readers_box(sink, material, first):
    review_round = world.review_round(version=first, by=material.owner.user)
    world.assigned(review_round, make.person())
    Message.objects.all().delete()
    mend(material)
    sender.send_due(at=make.NOW)
    text = sink.mails[0].get_body(("plain",)).get_content()
    assert "Page 2: form, not from." in text
    assert material.get_absolute_url() in text


def test_the_manager_and_the_countrys_coordinators_decide_and_nobody_else(material, first):
    for role, home, may in [
        (Role.COORDINATOR, "BG", True),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.COORDINATOR, "IT", False),
        (Role.EXPERT, "BG", False),
        (Role.PLATFORM_ADMIN, "BG", False),
    ]:
        erratum, user = mend(material), make.user(role, home)
        if may:
            assert decide(erratum, user).decided_by == user.person
        else:
            with pytest.raises(Refused):
                decide(erratum, user)


def test_a_decision_is_made_once_and_written_down(material, first):
    erratum, by = mend(material), make.user(Role.PROJECT_MANAGER)
    decide(erratum, by)
    with pytest.raises(errata.DecidedAlready):
        decide(erratum, by, is_material=True)
    erratum.refresh_from_db()
    assert erratum.is_material is False
    assert AuditEvent.objects.filter(deed="erratum decided").count() == 1


def test_deciding_by_the_page(as_user, material, first):
    erratum = mend(material)
    client = as_user(make.user(Role.COORDINATOR))
    assert "Does this erratum change" in client.get(material.get_absolute_url()).content.decode()
    url = reverse("erratum_decide", args=[material.pk, erratum.version.number])
    refused = client.post(url, {"is_material": "perhaps", "reason": ""}, follow=True)
    assert "Please choose yes or no, and give a reason." in refused.content.decode()
    answer = client.post(url, {"is_material": "yes", "reason": "A number."}, follow=True)
    page = answer.content.decode()
    assert "changes what was judged" in page
    assert "A number." in page
    assert (
        "Somebody has decided"
        in client.post(url, {"is_material": "no", "reason": "No."}, follow=True).content.decode()
    )


def test_an_erratum_by_its_page(as_user, material, first):
    typed = {
        "link": "https://example.org/b",
        "language": "en",
        "what_changed": "A letter.",
        "is_erratum": "on",
    }
    as_user(material.owner.user).post(reverse("version_new", args=[material.pk]), typed)
    assert Version.objects.get(material=material, number=2).erratum.corrects == first
