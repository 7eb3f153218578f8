"""A draft is thrown away by its author and taken back; what was published is never touched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from practices.domain.practices import cards, checking, discarding
from practices.enums import CheckStep
from practices.models import Practice, PracticeVersion
from tests import factories as make
from tests.practices import world
from tests.practices.practices.test_checks import CARD

pytestmark = pytest.mark.django_db


def test_a_draft_is_thrown_away_and_taken_back(as_user):
    draft = world.draft(title="Photo walk")
    author, lead = as_user(draft.practice.author.user), as_user(make.user(Role.COORDINATOR))

    for _time in range(2):
        author.post(reverse("practice_discard", args=[draft.pk]))

    assert lead.get(draft.get_absolute_url()).status_code == 404
    page = author.get(draft.get_absolute_url()).content.decode()
    assert "You threw this draft away" in page
    with pytest.raises(checking.WrongStep):
        checking.submit(version_id=draft.pk, by=draft.practice.author.user, at=make.NOW)
    author.post(reverse("practice_take_back", args=[draft.pk]))
    assert lead.get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("step", [CheckStep.SUBMITTED, CheckStep.SCREENED, CheckStep.PUBLISHED])
def test_what_is_checked_or_published_is_not_thrown_away(step):
    version = world.draft(step=step)

    with pytest.raises(cards.NotOpen):
        discarding.discard(version_id=version.pk, by=version.practice.author.user, at=make.NOW)


def test_nobody_else_throws_it_away():
    draft = world.draft()

    for deed in (discarding.discard, discarding.take_back):
        with pytest.raises(Refused):
            deed(version_id=draft.pk, by=make.user(Role.COORDINATOR), at=make.NOW)


def test_a_new_version_takes_the_place_of_one_that_was_thrown_away():
    practice = world.practice()
    by = practice.author.user
    first = cards.revise(practice_id=practice.pk, card=CARD, by=by)
    discarding.discard(version_id=first.pk, by=by, at=make.NOW)

    second = cards.revise(practice_id=practice.pk, card=CARD, by=by)

    assert second.number == first.number == 2
    assert not PracticeVersion.objects.discarded().exists()


def test_what_was_thrown_away_goes_after_thirty_days_with_a_practice_that_never_was_one():
    old, young, published = world.draft(), world.draft(), world.practice()
    revised = world.version(published)
    for version, days in ((old, 31), (young, 30), (revised, 31)):
        day = make.NOW.date() - timedelta(days=days)
        PracticeVersion.objects.filter(pk=version.pk).update(discarded_on=day)

    assert [discarding.clear(make.NOW), discarding.clear(make.NOW)] == [2, 0]
    assert set(Practice.objects.all()) == {young.practice, published}
