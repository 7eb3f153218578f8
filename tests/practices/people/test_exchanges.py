"""Offers and needs: matched across countries with reasons, open until their day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from experts.domain import message_kinds
from experts.models import Message
from practices.domain.people import exchanges, match_telling, matching
from practices.domain.people.matching import Entry
from practices.enums import Wish
from practices.models import Exchange, ExchangeMatch, Note
from tests import factories as make
from tests.practices.people import small

ENGLISH = frozenset({"en"})
NEED = Entry(1, 1, 1, "Bulgaria", False, "Who knows certificates of nurses?", ENGLISH)


def offer(key: int, *, country: int = 2, words: str = "Certificates for a nurse", **more) -> Entry:
    values = {"person_id": key, "is_offer": True, "languages": ENGLISH} | more
    return Entry(id=key, country_id=country, country=f"Country {country}", words=words, **values)


def test_other_countries_come_first():
    found = matching.matches(NEED, [offer(2, country=1), offer(3)])

    assert [match.entry.id for match in found] == [3, 2]


def test_the_reasons_name_words_languages_and_country():
    (match,) = matching.matches(NEED, [offer(2)])

    assert match.reasons == (
        "Both write of: certificates, nurses",
        "Both speak English",
        "From another country: Country 2",
    )


@pytest.mark.parametrize(
    "other",
    [
        offer(2, words="Childcare in the evening"),
        offer(2, is_offer=False),
        offer(2, person_id=1),
        offer(2, languages=frozenset({"sv"})),
        offer(2, words="I have some help to offer with that"),
    ],
)
def test_what_does_not_fit_is_no_match(other):
    assert matching.matches(NEED, [other]) == []


def test_words_are_compared_without_accents_and_endings():
    assert matching.shared_words("Certificación de enfermeras", "certificacion") == [
        "certificación"
    ]


@pytest.mark.django_db
def test_the_page_shows_what_answers_ones_own(as_user):
    person = small.expert("BG")
    small.exchange(person=person, wish=Wish.NEED, words="Papers of nurses")
    small.exchange("IT", words="Advice for a nurse and her papers")

    page = as_user(person.user).get(reverse("exchange_list")).content.decode()

    assert "Both write of: papers, nurses" in page
    assert "From another country: Italy" in page


@pytest.mark.django_db
def test_closed_ones_past_ones_and_those_of_people_who_left_are_gone():
    gone = small.expert("IT")
    small.exchange(person=gone)
    small.leave(gone)
    kept = small.exchange("IT")
    make.ends(kept.person, 1)
    small.exchange("IT", closed_at=make.NOW)
    small.exchange("IT", until=date(2020, 1, 1))

    board = exchanges.board(make.user("expert"), exchanges.Wanted(), timezone.now())

    assert [row.pk for row in board.others] == [kept.pk]


@pytest.mark.django_db
def test_somebody_puts_up_an_offer_and_takes_it_down(as_user):
    person = small.expert("BG")
    client = as_user(person.user)
    until = timezone.now().date() + timedelta(days=30)
    typed = {"wish": "offer", "words": "Picture cards", "languages": ["bg"], "until": f"{until}"}
    client.post(reverse("exchange_new"), typed)
    made = Exchange.objects.get()

    assert (made.person, made.words, made.until) == (person, "Picture cards", until)
    client.post(reverse("exchange_close", args=[made.pk]))

    made.refresh_from_db()
    assert made.closed_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2020-01-01", "Choose a day within the next year"),
        ("2090-01-01", "Choose a day within the next year"),
        ("someday", "Enter a valid date."),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_the_field(as_user, until, sentence):
    client = as_user(small.expert().user)
    typed = {"wish": "need", "words": "Picture cards", "until": until}

    page = client.post(reverse("exchange_new"), typed).content.decode()

    assert sentence in page
    assert "Picture cards" in page
    assert not Exchange.objects.exists()


@pytest.mark.django_db
def test_writing_tells_the_other_once(as_user):
    up = small.exchange("IT")
    client = as_user(small.expert("BG").user)

    for _time in range(2):
        client.post(reverse("exchange_contact", args=[up.pk]), {"words": "I need exactly that."})

    assert Note.objects.get().exchange == up
    assert Message.objects.get(kind="note_contact").person == up.person


@pytest.mark.django_db
def test_one_offer_and_three_cost_the_same(as_user):
    client = as_user(small.expert("BG").user)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("exchange_list")).status_code == 200
        return len(queries)

    small.exchange("IT")
    count()
    before = count()
    small.exchange("IT")
    small.exchange("IT")

    assert count() == before


def put_up(code: str, wish: Wish, words: str = "Certificates of nurses", person=None) -> Exchange:
    person = person or small.member(code)
    until = make.NOW.date() + timedelta(days=30)
    typed = exchanges.Typed(wish=wish, words=words, languages=["en"], until=until)
    return exchanges.put_up(typed=typed, by=person.user, at=make.NOW)


def match_mails() -> list[str]:
    found = Message.objects.filter(kind=match_telling.KIND).order_by("pk")
    return [message.person.country.code for message in found]


@pytest.mark.django_db
def test_a_match_across_countries_is_told_to_both_at_once_and_never_twice():
    need = put_up("BG", Wish.NEED)
    assert match_mails() == []

    offer = put_up("IT", Wish.OFFER)

    assert sorted(match_mails()) == ["BG", "IT"]
    match_telling.tell(offer, make.NOW.date(), make.NOW)
    match_telling.tell(need, make.NOW.date(), make.NOW)
    assert len(match_mails()) == 2


@pytest.mark.django_db
def test_a_match_at_home_stands_on_the_page_and_is_not_mailed():
    put_up("BG", Wish.NEED)
    put_up("BG", Wish.OFFER)

    assert match_mails() == []


@pytest.mark.django_db
def test_a_match_is_not_told_once_one_of_them_is_closed():
    put_up("BG", Wish.NEED)
    offer = put_up("IT", Wish.OFFER)
    match = ExchangeMatch.objects.get()
    assert match_telling.still_matches(match, make.NOW.date())

    exchanges.close(exchange_id=offer.pk, by=offer.person.user, at=make.NOW)

    assert not match_telling.still_matches(match, make.NOW.date())


@pytest.mark.django_db
def test_the_mail_names_the_other_and_both_words():
    put_up("BG", Wish.NEED, "Who knows certificates of nurses?")
    put_up("IT", Wish.OFFER, "Certificates for a nurse")
    message = Message.objects.filter(kind=match_telling.KIND).first()
    match = ExchangeMatch.objects.get()

    mail = message_kinds.get(match_telling.KIND).render(message, match, make.NOW)

    other = match.offer.person if message.person == match.need.person else match.need.person
    assert other.name in mail.subject
    assert "Who knows certificates of nurses?" in mail.text
    assert "Certificates for a nurse" in mail.text


@pytest.mark.django_db
def test_languages_of_an_offer_are_told_by_name(as_user):
    small.exchange("IT", languages=["en", "it"])
    page = as_user(make.user()).get("/offers/").content.decode()

    assert "English, Italian · until" in page
