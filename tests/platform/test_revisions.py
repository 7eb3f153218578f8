"""The state a form was opened with: by a count, by a mark of what it showed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cop_platform.common import revisions
from cop_platform.common.revisions import ChangedMeanwhile

ROW = SimpleNamespace(revision=3)


def test_a_mark_changes_with_what_is_shown_and_not_with_the_order_of_keys():
    shown = revisions.mark("Name", {"en": "Yes", "bg": "Да"}, None)

    assert shown == revisions.mark("Name", {"bg": "Да", "en": "Yes"}, None)
    others = [revisions.mark("Name", {"en": "Yes"}, None), revisions.mark("Name"), revisions.mark()]
    assert len({shown, *others}) == 4


@pytest.mark.parametrize("seen", ["", revisions.mark("now")])
def test_the_mark_that_stands_or_none_goes_through(seen):
    revisions.check_mark(ROW, seen, revisions.mark("now"))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [("", "Somebody else saved this meanwhile."), ("Other words.", "Other words.")],
)
def test_another_mark_is_refused_with_the_row_as_it_stands(sentence, said):
    with pytest.raises(ChangedMeanwhile) as refused:
        revisions.check_mark(ROW, revisions.mark("then"), revisions.mark("now"), sentence)

    assert (str(refused.value), refused.value.stored) == (said, ROW)


@pytest.mark.parametrize(("posted", "seen"), [("3", 3), ("", 0), ("x", 0), ("٣", 0), ("9" * 10, 0)])
def test_a_count_that_is_no_number_is_none_that_a_row_has(posted, seen):
    assert revisions.seen({"revision": posted}) == seen
