"""Link bombs and the same words again and again."""

from __future__ import annotations

import pytest

from practices.domain import spam

LINK = "https://example.org/page"


def test_three_links_are_taken():
    spam.check(f"{LINK} and {LINK}", f"and www.example.org {'words ' * 50}")


@pytest.mark.parametrize("fourth", [LINK, "www.example.org", "HTTP://EXAMPLE.ORG", "ftp://a.b"])
def test_a_fourth_link_is_refused_with_a_sentence(fourth):
    with pytest.raises(spam.Spam, match="more than three links"):
        spam.check(f"{LINK} {LINK}", f"{LINK} ({fourth})")


def test_links_are_counted_over_all_fields_handed_in_together():
    with pytest.raises(spam.Spam):
        spam.check(LINK, f"{LINK} {LINK}", LINK)


def test_the_same_words_are_taken_twice_and_refused_the_third_time():
    spam.check("Look here", earlier=["Look here"])
    with pytest.raises(spam.Spam, match="twice within the last hour"):
        spam.check("look  HERE\n", earlier=["Look here", "Look here", "Other words"])


def test_words_that_differ_are_no_flood():
    spam.check("Thank you, Ana", earlier=["Thank you, Eva", "Thank you, Leo", ""])
