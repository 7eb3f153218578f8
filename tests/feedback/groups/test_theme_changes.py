"""A theme becomes a change request: what the ledger says, and what it must not say."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from feedback.changes.domain import deciding, ledger, refs
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from feedback.focus_groups.domain.coding import theme_source
from feedback.focus_groups.domain.consenting import consents
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import Theme
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> Theme:
    """Raised by three people of one group, about a version of Italy."""
    coder, cost, group = world.host(), world.code(), world.closed_group(people=3)
    for number, one in enumerate(group.participants.all()):
        world.coded(world.quote(one, f"Words of person {number}"), coder, cost)
    return world.theme(
        cost,
        title="Papers cost too much",
        summary="Fees keep people away.",
        version=make.version(make.material("IT")),
    )


def raise_it(theme: Theme, by) -> ChangeRequest:
    ref = refs.of(theme_source.KIND, theme.pk, theme.version_id)
    return ledger.raise_of_comment(kind=theme_source.KIND, ref=ref, by=by, at=make.NOW)


def coordinator(code: str = "BG"):
    return make.user(Role.COORDINATOR, code)


def test_one_press_makes_a_theme_a_change_request(as_user, theme):
    client = as_user(coordinator())
    page = client.get(theme.get_absolute_url()).content.decode()
    value = page.partition('name="source" value="')[2].partition('"')[0]

    client.post(reverse("change_raise"), {"source": value})

    change = ChangeRequest.objects.get()
    assert (change.source_kind, change.source_key) == ("focus_theme", theme.pk)
    assert (change.version, change.country.code) == (theme.version, "BG")
    after = client.get(theme.get_absolute_url()).content.decode()
    assert change.get_absolute_url() in after
    assert "Make it a change request" not in after


def test_a_second_press_makes_no_second_request(theme):
    by = coordinator()

    assert raise_it(theme, by) == raise_it(theme, by)


@pytest.mark.parametrize(
    ("is_major", "severity"), [(True, Severity.MAJOR), (False, Severity.MINOR)]
)
def test_a_main_theme_is_the_graver_request(theme, is_major, severity):
    Theme.objects.update(is_major=is_major)

    assert raise_it(theme, coordinator()).severity == severity


def test_the_request_says_the_theme_and_no_number_under_five(theme):
    assert raise_it(theme, coordinator()).asked == (
        "Papers cost too much\n\nFees keep people away.\n\n"
        "Raised in focus groups: in 1 group, by fewer than 5 people."
    )


def test_the_request_never_holds_a_quote_so_nothing_has_to_be_taken_back(as_user, theme):
    by = coordinator()
    change = raise_it(theme, by)
    quote = Theme.objects.get().codes.get().codings.first().coded.quote
    words = quote.clean_words

    consents.withdraw(participant=quote.participant, purpose=Purpose.NOTES, at=make.NOW)

    page = as_user(by).get(change.get_absolute_url()).content.decode()
    assert "Papers cost too much" in page
    assert words not in page
    assert not [row for row in change.events.values() if words in str(row)]


def test_the_author_reads_and_decides(theme):
    change = raise_it(theme, coordinator())
    author = theme.version.material.owner.user

    assert ChangeRequest.objects.visible_to(author).contains(change)
    decided = deciding.decide(
        change_id=change.pk,
        decision=Decision.ACCEPT,
        reason="A table of fees comes first.",
        public_asked="Say what papers cost.",
        revision=change.revision,
        by=author,
        at=make.NOW,
    )
    assert decided.decision == Decision.ACCEPT


def test_a_facilitator_reads_the_answer_on_the_theme(as_user, theme):
    change, client = raise_it(theme, coordinator()), as_user(world.host())
    before = client.get(theme.get_absolute_url()).content.decode()
    deciding.decide(
        change_id=change.pk,
        decision=Decision.ADAPT,
        reason="A table of fees comes first.",
        public_asked="",
        revision=change.revision,
        by=theme.version.material.owner.user,
        at=make.NOW,
    )

    after = client.get(theme.get_absolute_url()).content.decode()

    assert "The answer will stand here." in before
    assert "A table of fees comes first." in after


@pytest.mark.parametrize(
    ("role", "code", "error"),
    [
        # Reads the theme and may not ask for a change.
        (Role.FACILITATOR, "BG", Refused),
        # Does not read it: answered as if there were none.
        (Role.COORDINATOR, "EL", NotPossible),
        (Role.EXPERT, "BG", NotPossible),
        (Role.PARTNER, "BG", NotPossible),
    ],
)
def test_nobody_else_makes_it_a_request(theme, role, code, error):
    somebody = make.user(role, code)

    with pytest.raises(error):
        raise_it(theme, somebody)

    assert not ChangeRequest.objects.exists()


def test_the_manager_and_the_author_may_make_it_one(theme):
    owner = theme.version.material.owner.user

    assert raise_it(theme, owner) == raise_it(theme, make.user(Role.PROJECT_MANAGER))


def test_a_theme_that_asks_nothing_of_a_version_is_no_source(as_user, theme):
    Theme.objects.update(version=None)

    assert theme_source.SOURCE.about([theme.pk]) == {}
    page = as_user(coordinator()).get(theme.get_absolute_url()).content.decode()
    assert "It asks nothing of a material in particular." in page


def test_the_ledger_leads_to_the_theme_for_who_sees_it(theme):
    where = theme_source.SOURCE.where

    assert where(coordinator(), theme.pk) == theme.get_absolute_url()
    assert where(coordinator("IT"), theme.pk) == ""
    assert where(coordinator(), 10**9) == ""
