"""The consent screen of a group: codes, slips, answers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.enums import Role
from feedback.focus_groups.domain.consenting import participants, receipts
from feedback.focus_groups.domain.consenting.participants import Details
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import Consent, Participant, ReferralCard
from tests import factories as make
from tests.feedback.groups import apart_sql, world

pytestmark = pytest.mark.django_db


def page_of(group):
    return reverse("group_consent", args=[group.pk])


def person_page(participant):
    return reverse("participant_consent", args=[participant.pk])


@pytest.fixture
def group():
    return world.group()


@pytest.fixture
def client(as_user):
    return as_user(world.host())


def add(client, group, first=1, **more):
    values = {"deed": "add", "one-first": first, "one-language": "ar"} | more
    return client.post(page_of(group), values)


def test_adding_shows_the_code_once(client, group):
    response = add(client, group)

    participant = group.participants.get()
    shown = response.context["slips"][0].code
    assert receipts.find(shown) == participant
    assert shown in response.content.decode()
    for page in (page_of(group), person_page(participant)):
        assert shown not in client.get(page).content.decode()


def test_a_slip_speaks_the_participants_language_and_names_help(client, group):
    ReferralCard.objects.create(country=group.country, phone="+359 2 000 0000")

    text = add(client, group).content.decode()

    assert 'lang="ar" dir="rtl"' in text
    assert "+359 2 000 0000" in text
    assert "/g/receipt/?lang=ar" in text


def test_the_form_sent_twice_adds_nobody(client, group):
    add(client, group)

    again = add(client, group)

    assert group.participants.count() == 1
    assert "P1 has a code already" in again.content.decode()


def test_several_codes_make_a_sheet_of_slips(client, group):
    world.participant(group)
    values = {"deed": "several", "several-first": 2, "several-people": 6, "several-language": "uk"}

    response = client.post(page_of(group), values)

    codes = {slip.code for slip in response.context["slips"]}
    assert len(codes) == 6
    assert [person.code for person in participants.in_order(list(group.participants.all()))] == [
        f"P{n}" for n in range(1, 8)
    ]


@pytest.mark.parametrize("people", ["0", "31", "", "ten", "9" * 40])
def test_a_wrong_number_of_codes_is_said_beside_the_field(client, group, people):
    values = {"deed": "several", "several-first": 1, "several-people": people}

    response = client.post(page_of(group), values)

    assert response.status_code == 200
    assert response.context["forms"]["several"].errors
    assert not group.participants.exists()


def test_more_codes_than_a_group_has_seats_are_refused(group):
    with pytest.raises(participants.NotPossible):
        participants.hand_out(
            group_id=group.pk, first=1, people=31, details=Details(), by=world.host()
        )

    assert not group.participants.exists()


def test_codes_count_on_after_the_ninth(group):
    by = world.host()
    participants.hand_out(group_id=group.pk, first=1, people=10, details=Details(), by=by)

    slips = participants.hand_out(group_id=group.pk, first=11, people=1, details=Details(), by=by)

    assert slips[0].participant.code == "P11"


def test_either_all_codes_are_handed_out_or_none(group, monkeypatch):
    made = iter([receipts.new()])
    monkeypatch.setattr(receipts, "new", lambda: next(made))

    with pytest.raises(RuntimeError):
        participants.hand_out(
            group_id=group.pk, first=1, people=2, details=Details(), by=world.host()
        )

    assert not group.participants.exists()


def test_the_texts_are_read_in_the_participants_language(client, group):
    participant = world.participant(group, agrees_to=(), language="ar")
    text = world.read_aloud(Purpose.NOTES, "ar")

    response = client.get(person_page(participant))

    html = response.content.decode()
    assert text.text in html
    assert reverse("consent_sound", args=[text.pk]) in html
    assert "Taking part depends on no answer" in html
    assert "May your words" not in html


def test_yes_and_no_are_stored_with_how_they_were_asked(client, group):
    participant = world.participant(group, agrees_to=())
    page = person_page(participant)
    client.post(
        page, {"deed": "answer", "purpose": "notes", "given": "yes", "was_read_aloud": "on"}
    )
    client.post(page, {"deed": "answer", "purpose": "quotes", "given": "no"})

    found = {c.purpose: (c.is_given, c.was_read_aloud) for c in Consent.objects.all()}
    assert found == {"notes": (True, True), "quotes": (False, False)}


def test_under_18_asks_for_a_guardian_first(client, group):
    participant = world.participant(group, agrees_to=(), is_minor=True)
    yes = {"deed": "answer", "purpose": "notes", "given": "yes"}

    refused = client.post(person_page(participant), yes)

    assert "a guardian has to agree first" in refused.content.decode()
    assert not Consent.objects.exists()
    details = {"deed": "details", "is_minor": "on", "guardian_agreed": "on", "language": "ar"}
    client.post(person_page(participant), details)
    client.post(person_page(participant), yes)
    assert Consent.objects.get().is_given


def test_the_age_says_that_somebody_is_under_18(client, group):
    add(client, group, **{"one-age_band": "under_18"})

    assert group.participants.get().is_minor


def test_a_new_slip_makes_the_old_one_worthless(client, group):
    participant = world.participant(group)

    response = client.post(person_page(participant), {"deed": "slip"})

    assert receipts.find(participant.receipt_code) is None
    assert receipts.find(response.context["slips"][0].code) == participant


def test_a_code_that_nobody_took_is_taken_out(client, group):
    participant = world.participant(group, agrees_to=())

    client.post(person_page(participant), {"deed": "take out"})

    assert not Participant.objects.exists()


def test_a_used_code_is_not_taken_out(client, group):
    participant = world.participant(group)

    response = client.post(person_page(participant), {"deed": "take out"})

    assert "This code was used" in response.content.decode()
    assert Participant.objects.exists()


@pytest.mark.parametrize("deed", ["", "delete", "answer"])
def test_a_deed_that_no_button_sends_is_a_bad_request(client, group, deed):
    participant = world.participant(group)

    assert client.post(person_page(participant), {"deed": deed}).status_code == 400
    assert client.post(page_of(group), {"deed": deed}).status_code == 400


def test_a_no_to_notes_says_what_it_erases(client, group):
    participant = world.participant(group)
    world.quote(participant)

    assert "erase the 1 thing they said" in client.get(person_page(participant)).content.decode()


def test_the_page_of_an_erased_person_offers_nothing(client, group):
    participant = world.participant(group, erased_on=world.DAY)

    html = client.get(person_page(participant)).content.decode()

    assert "was erased" in html
    assert 'name="given"' not in html


def test_the_list_says_who_was_not_asked_and_who_lacks_a_guardian(client, group):
    world.participant(group)
    world.participant(group, agrees_to=(), is_minor=True)

    html = client.get(page_of(group)).content.decode()

    assert "Under 18 and no guardian agreed yet: P2." in html
    assert "2 were not asked everything yet" in html


def test_the_groups_page_counts_its_consents(group):
    from cop_platform.common import panels

    world.participant(group)
    world.participant(group, agrees_to=(Purpose.NOTES,))

    panel = next(
        p
        for p in panels.of("focus group", world.host(), group)
        if p.template == "feedback/_consent_panel.html"
    )

    summary = panel.context["summary"]
    assert summary.people == 2
    assert [(p.agreed, p.answered) for p in summary.purposes] == [(2, 2), (1, 1), (0, 0)]


def test_the_manager_is_shown_no_consents(group):
    from cop_platform.common import panels

    manager = make.user(Role.PROJECT_MANAGER)

    shown = [p.template for p in panels.of("focus group", manager, group)]

    assert "feedback/_consent_panel.html" not in shown


def test_the_page_asks_the_same_for_one_and_three(client, group):
    counts = []
    for people in (1, 2):
        for _ in range(people):
            world.participant(group)
        client.get(page_of(group))
        with apart_sql.watched() as statements:
            client.get(page_of(group))
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_no_statement_of_the_screen_brings_words_and_people_together(client, group):
    participant = world.participant(group)
    world.quote(participant)
    world.attendance(group, "Ana")

    with apart_sql.watched() as statements:
        client.get(page_of(group))
        client.get(person_page(participant))
        client.post(person_page(participant), {"deed": "slip"})
        client.post(person_page(participant), {"deed": "answer", "purpose": "notes", "given": "no"})
        add(client, group, first=2)

    assert any("feedback_participant" in sql for sql in statements)
    assert apart_sql.joined(statements) == []


def test_the_check_itself_finds_a_join():
    bad = (
        'SELECT 1 FROM "feedback_quote" INNER JOIN "feedback_participant" ON (1=1)'
        ' INNER JOIN "experts_person" ON (1=1)'
    )

    assert apart_sql.joined([bad]) == [bad]
