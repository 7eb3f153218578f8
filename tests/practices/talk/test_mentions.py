"""Who is meant by an @, and whom one may find by it."""

from __future__ import annotations

import pytest

from cop_platform.common.refusals import NotPossible
from practices.domain.talk import mentions
from practices.models import Comment
from tests.practices import world
from tests.practices.talk.saying import account, released, say, thread, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return account(world.member("BG", name="Writer One"))


def named(*names: str, code: str = "IT"):
    return [world.member(code, name=name) for name in names]


def read(text, by, **chosen):
    return [person.name for person in mentions.read(text, by=by, chosen=chosen)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Legal adviser IT-03, please look", ["Legal adviser IT-03"]),
        ("see @legal ADVISER it-03.", ["Legal adviser IT-03"]),
        ("(@Ana Costa) and @Ana Costa", ["Ana Costa"]),
        ("@Ana is enough when she is the only one", ["Ana Costa"]),
        ("mail ana@ana.org or https://x.org/@Ana", []),
        ("@nobody here", []),
        ("@An is no whole word", []),
        ("at the end @", []),
    ],
)
def test_a_mention_is_a_name_of_the_directory(writer, text, found):
    named("Legal adviser IT-03", "Legal adviser IT-04", "Ana Costa")
    assert read(text, writer) == found


def test_a_mention_reaches_the_person_by_mail_and_bell(writer):
    (ana,) = named("Ana Costa")
    comment = say("material", released().pk, "What do you say, @Ana Costa?", by=writer)

    assert list(comment.mentioned.all()) == [ana]
    assert [m.kind for m in ana.contacts.filter(object_id=comment.pk)] == ["comment_mention"]


def test_one_person_gets_one_message_of_a_comment(writer):
    material = released()
    say("material", material.pk, f"@{material.owner.name} look", by=writer)
    kinds = [m.kind for m in material.owner.contacts.filter(kind__startswith="comment")]
    assert kinds == ["comment_mention"]


def test_an_ambiguous_mention_is_asked_with_a_list_and_nothing_is_lost(as_user, writer):
    first, second = named("Eva Rossi", "Eva Neri")
    address = thread("material", released().pk)
    client = as_user(writer)
    page = client.post(address, typed("Ask @Eva, she knows")).content.decode()

    assert "Whom do you mean by “@eva”?" in page
    assert "Eva Rossi (IT)" in page
    assert "Ask @Eva, she knows" in page
    assert Comment.objects.count() == 0
    client.post(address, typed("Ask @Eva, she knows", **{"who:eva": second.pk}))
    assert list(Comment.objects.get().mentioned.all()) == [second]
    assert first.contacts.count() == 0


def test_just_words_are_an_answer_too(as_user, writer):
    named("Eva Rossi", "Eva Neri")
    as_user(writer).post(thread("material", released().pk), typed("@Eva", **{"who:eva": "0"}))
    assert list(Comment.objects.get().mentioned.all()) == []


def test_somebody_who_does_not_fit_cannot_be_chosen(as_user, writer):
    named("Eva Rossi", "Eva Neri")
    other = world.member("IT", name="Otto")
    page = as_user(writer).post(
        thread("material", released().pk), typed("@Eva", **{"who:eva": other.pk})
    )
    assert page.status_code == 200
    assert Comment.objects.count() == 0


def test_security_9_mentions_are_no_way_to_dump_the_directory(as_user, writer):
    """Only whole first words find people, eight at most, by name and country, none who hides."""
    people = named(*(f"Eva Number {n}" for n in range(12)))
    world.member("IT", name="Eva Hidden", in_directory=False)
    page = as_user(writer).post(thread("material", released().pk), typed("@Eva")).content.decode()

    assert sum(person.name in page for person in people) == 8
    assert "4 more people fit" in page
    assert "Eva Hidden" not in page
    assert not any(person.email in page for person in people)
    assert read("@E @Ev @a", writer) == []


def test_security_9_more_than_ten_mentions_are_refused_with_a_sentence(writer):
    with pytest.raises(NotPossible, match="at most 10 people"):
        mentions.read("@one " * 11, by=writer, chosen={})


def test_the_list_costs_the_same_however_many_are_mentioned(writer, django_assert_num_queries):
    named("Ana Costa", "Bea Costa", "Cleo Costa")
    assert writer.access.is_member
    for text in ("@Ana Costa", "@Ana Costa @Bea Costa @Cleo Costa"):
        with django_assert_num_queries(1):
            mentions.read(text, by=writer, chosen={})


def test_security_28_a_tracker_image_in_a_comment_is_dropped(as_user, writer):
    address = thread("material", released().pk)
    bad = '![x](https://track.example/p.gif) <img src="https://track.example/p.gif"> **kept**'
    client = as_user(writer)
    pages = [client.post(address, typed(bad, preview="yes"))]
    pages.append(client.post(address, typed(bad), follow=True))
    for page in pages:
        text = page.content.decode()
        assert "<strong>kept</strong>" in text
        assert "<img" not in text


def test_security_22_a_name_with_markup_stays_inert(as_user, writer):
    evil = world.member("IT", name="<b>Eve</b> [x](https://evil.example)")
    say("material", (material := released()).pk, "Hello", by=account(evil))
    page = as_user(writer).get(thread("material", material.pk)).content.decode()

    assert "&lt;b&gt;Eve&lt;/b&gt; [x](https://evil.example)" in page
    assert "<b>Eve" not in page
