"""The codebook: adding, changing, and two codes that become one."""

from __future__ import annotations

import pytest

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.revisions import ChangedMeanwhile
from experts.enums import Role
from feedback.focus_groups.domain.coding import codebook, merging
from feedback.focus_groups.enums import Stance
from feedback.focus_groups.models import Code, Coding, MergeProposal
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


def add(name: str, by=None, country: str = "BG") -> Code:
    return codebook.add(
        country=make.country(country),
        name=name,
        meaning="Money is spoken of.",
        not_for="",
        by=by or world.host(country),
        at=make.NOW,
    )


def change(code: Code, *, revision: int = 1, **words) -> Code:
    said = {"name": code.name, "meaning": code.meaning, "not_for": code.not_for} | words
    return codebook.change(code_id=code.pk, revision=revision, by=world.host(), at=make.NOW, **said)


def propose(code: Code, into: Code, by=None) -> MergeProposal:
    return merging.propose(
        code_id=code.pk, into_id=into.pk, why="The same.", by=by or world.host(), at=make.NOW
    )


def decide(proposal: MergeProposal, *, agrees: bool = True, by=None) -> MergeProposal:
    return merging.decide(
        proposal_id=proposal.pk, agrees=agrees, by=by or world.host(), at=make.NOW
    )


def merge(code: Code, into: Code) -> None:
    decide(propose(code, into))


def test_a_name_stands_once_in_a_codebook():
    add("Cost")

    with pytest.raises(codebook.NameTaken):
        add("cost")

    assert add("Cost", country="IT").country.code == "IT"


def test_the_name_of_a_merged_code_is_free_again():
    old, into = add("Price"), add("Cost")
    merge(old, into)

    assert add("Price").pk != old.pk


@pytest.mark.parametrize(
    ("role", "country"),
    [(Role.FACILITATOR, "IT"), (Role.PROJECT_MANAGER, "BG"), (Role.EXPERT, "BG")],
)
def test_nobody_else_writes_in_a_codebook(role, country):
    with pytest.raises(Refused):
        add("Cost", by=make.user(role, country))


def test_other_words_raise_the_revision():
    assert change(add("Cost"), meaning="Fees.").revision == 2


def test_the_same_words_change_nothing():
    assert change(add("Cost"), revision=9).revision == 1


def test_what_somebody_else_saved_meanwhile_is_not_written_over():
    code = add("Cost")
    change(code, meaning="Fees.")

    with pytest.raises(ChangedMeanwhile):
        change(code, meaning="Fares.")

    code.refresh_from_db()
    assert code.meaning == "Fees."


def test_a_merged_code_is_not_changed():
    old, into = add("Price"), add("Cost")
    merge(old, into)

    with pytest.raises(NotPossible, match="part of “Cost” now"):
        change(old, meaning="Fees.")


def test_codings_and_themes_move_when_another_coder_agrees():
    price, cost = add("Price"), add("Cost")
    quote, coder = world.quote(world.participant(world.group())), world.host()
    world.coded(quote, coder, price, stance=Stance.FOR)
    theme = world.theme(price)

    merge(price, cost)

    assert Coding.objects.get().code == cost
    assert list(theme.codes.all()) == [cost]
    price.refresh_from_db()
    assert price.merged_into == cost


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("for", "", "for"),
        ("", "against", "against"),
        ("for", "for", "for"),
        ("for", "against", ""),
        ("", "", ""),
    ],
)
def test_who_gave_both_codes_has_given_one_afterwards(one, other, together):
    price, cost = add("Price"), add("Cost")
    done = world.coded(world.quote(world.participant(world.group())), world.host())
    Coding.objects.create(coded=done, code=price, stance=one)
    Coding.objects.create(coded=done, code=cost, stance=other)

    merge(price, cost)

    assert list(Coding.objects.values_list("code__name", "stance")) == [("Cost", together)]


def test_what_was_merged_before_goes_along():
    fee, price, cost = add("Fee"), add("Price"), add("Cost")
    merge(fee, price)

    merge(price, cost)

    fee.refresh_from_db()
    assert fee.merged_into == cost


def test_nobody_agrees_to_a_proposal_of_their_own():
    coder = world.host()
    proposal = propose(add("Price"), add("Cost"), by=coder)

    with pytest.raises(Refused):
        decide(proposal, by=coder)

    assert Code.objects.in_use().count() == 2


def test_a_proposal_can_be_declined_and_taken_back():
    price, cost, coder = add("Price"), add("Cost"), world.host()

    decide(propose(price, cost), agrees=False)
    decide(propose(price, cost, by=coder), agrees=False, by=coder)

    assert Code.objects.in_use().count() == 2


def test_merging_twice_is_answered_with_a_sentence():
    price, cost = add("Price"), add("Cost")
    proposal = propose(price, cost)
    decide(proposal)

    with pytest.raises(merging.NotMergeable, match="decided on already"):
        decide(proposal)
    with pytest.raises(merging.NotMergeable, match="“Price” is part of “Cost” already"):
        propose(price, cost)


def test_nothing_is_merged_into_a_code_that_was_merged():
    price, cost, time = add("Price"), add("Cost"), add("Time")
    waiting = propose(time, price)
    merge(price, cost)

    with pytest.raises(merging.NotMergeable, match="“Price” is part of “Cost” already"):
        decide(waiting)


@pytest.mark.parametrize("reverse", [False, True])
def test_the_same_merge_is_proposed_once(reverse):
    price, cost = add("Price"), add("Cost")
    propose(price, cost)

    with pytest.raises(merging.NotMergeable, match="proposed already"):
        propose(cost, price) if reverse else propose(price, cost)


def test_codes_of_two_countries_do_not_become_one():
    with pytest.raises(merging.NotMergeable, match="same codebook"):
        propose(add("Price"), add("Cost", country="IT"))


def test_a_code_does_not_become_part_of_itself():
    price = add("Price")

    with pytest.raises(merging.NotMergeable, match="same codebook"):
        propose(price, price)
