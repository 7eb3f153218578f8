"""Thanks belong to the receiver; help is summed by kind, without names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from experts.domain import sender
from experts.enums import Channel, MessageState, Role
from experts.fields import label_of
from experts.models import Message
from practices.domain.people import helping, notes, report
from practices.domain.people.report import SMALLEST, KindFacts
from practices.enums import HelpKind, NoteKind
from practices.models import HelpGiven, Note
from tests import factories as make
from tests.practices.people import small
from tests.reports.sections.reading import scope

KINDS = [kind.value for kind in HelpKind]


@pytest.mark.django_db(transaction=True)
def test_thanks_reach_the_receiver_on_the_platform_alone(as_user, sink):
    person = small.expert("IT", name="Bruno")
    client = as_user(small.expert("BG", name="Ana").user)

    client.post(reverse("person_thank", args=[person.pk]), {"words": "Thank you for the form."})

    told = Message.objects.get(kind="note_thanks")
    assert (told.person, told.channel) == (person, Channel.APP)
    sender.send_due(at=timezone.now())
    told.refresh_from_db()
    assert (told.state, told.subject) == (MessageState.SENT, "Ana says thank you")
    assert sink.mails == []


@pytest.mark.django_db
def test_thanks_are_shown_to_others_where_the_receiver_says_so(as_user):
    person = small.expert("IT")
    note = small.thanks(receiver=person, words="You saved my day.")
    page = reverse("person_detail", args=[person.pk])
    other = as_user(small.expert("BG").user)
    assert "You saved my day." not in other.get(page).content.decode()
    assert "You saved my day." in as_user(person.user).get(page).content.decode()

    as_user(person.user).post(reverse("thanks_show", args=[note.pk]), {"shown": "yes"})

    assert "You saved my day." in other.get(page).content.decode()


@pytest.mark.django_db
def test_hellos_and_answers_to_offers_are_never_shown_to_others(as_user):
    person = small.expert("IT")
    for kind in (NoteKind.HELLO, NoteKind.CONTACT):
        small.thanks(receiver=person, kind=kind, words=f"Private {kind}")

    page = as_user(make.user(Role.PROJECT_MANAGER)).get(reverse("person_detail", args=[person.pk]))

    assert "Private" not in page.content.decode()


@pytest.mark.django_db
def test_nobody_shows_thanks_of_another():
    note = small.thanks()

    with pytest.raises(Refused):
        notes.show(note_id=note.pk, by=note.sender.user, shown=True, at=make.NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["oneself", "somebody who left"])
def test_words_go_to_another_member_alone(who):
    by = small.expert()
    receiver = by if who == "oneself" else small.expert()
    if who != "oneself":
        small.leave(receiver)

    with pytest.raises(notes.NotSent):
        notes.send(
            kind=NoteKind.THANKS, receiver_id=receiver.pk, words="Hi", by=by.user, at=make.NOW
        )


@pytest.mark.django_db
def test_a_circular_is_refused_in_a_sentence(as_user):
    by = small.expert()
    for _n in range(notes.MOST_A_DAY):
        small.thanks(sender=by, at=timezone.now())
    receiver = small.expert()

    page = as_user(by.user).post(
        reverse("person_thank", args=[receiver.pk]), {"words": "Buy this."}
    )

    assert "You wrote to many people today." in page.content.decode()
    assert not Note.objects.filter(receiver=receiver).exists()


@pytest.mark.django_db
def test_a_line_of_help_is_noted_and_taken_out(as_user):
    person, helped = small.expert("BG"), small.expert("IT")
    client = as_user(person.user)
    day = timezone.now().date() - timedelta(days=1)
    typed = {"kind": "advice", "minutes": "45", "on": f"{day}", "to_person": label_of(helped)}
    client.post(reverse("help_list"), typed)
    line = HelpGiven.objects.get()

    assert (line.person, line.minutes, line.to_person) == (person, 45, helped)
    assert (
        "Advice on a case: 45 minutes (n = 1)" in client.get(reverse("help_list")).content.decode()
    )
    client.post(reverse("help_delete", args=[line.pk]))

    assert not HelpGiven.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"minutes": "9999"}, "less than or equal to 600"),
        ({"minutes": "many"}, "Enter a whole number."),
        ({"on": "2090-01-01"}, "This day is still to come."),
        ({"kind": "nonsense"}, "Select a valid choice."),
    ],
)
def test_a_line_that_cannot_be_is_said_beside_the_field(as_user, typed, sentence):
    client = as_user(small.expert().user)
    day = timezone.now().date() - timedelta(days=1)

    page = client.post(
        reverse("help_list"), {"kind": "advice", "minutes": "30", "on": f"{day}"} | typed
    )

    assert sentence in page.content.decode()
    assert not HelpGiven.objects.exists()


@pytest.mark.django_db
def test_help_to_oneself_or_to_nobody_known_is_said_beside_the_field(as_user):
    person = small.expert()
    day = timezone.now().date() - timedelta(days=1)
    typed = {"kind": "advice", "minutes": "30", "on": f"{day}"}

    for name, sentence in (
        (label_of(person), "Name somebody else"),
        ("Nobody Known", "Nobody of this name is in the directory."),
    ):
        page = as_user(person.user).post(reverse("help_list"), typed | {"to_person": name})
        assert sentence in page.content.decode()
        assert page.context["form"]["to_person"].value() == name
    assert not HelpGiven.objects.exists()


@pytest.mark.django_db
def test_a_day_holds_no_more_than_a_day():
    person = small.expert()
    day = make.NOW.date()
    for _n in range(2):
        small.help_line(person=person, minutes=600, on=day)

    with pytest.raises(helping.NotNoted):
        helping.note(
            typed=helping.Typed("advice", 600, day, None, None), by=person.user, at=make.NOW
        )


@given(st.dictionaries(st.sampled_from(KINDS), st.tuples(st.integers(1, 12), st.integers(1, 900))))
def test_the_report_tells_no_small_cell_and_loses_no_minute(counted):
    kinds = [KindFacts(kind, n, minutes) for kind, (n, minutes) in counted.items()]

    facts = report.told(kinds, "2026-11-20")

    assert all(one.lines >= SMALLEST for one in facts.kinds)
    if facts.kinds:
        assert sum(one.minutes for one in facts.kinds) == sum(one.minutes for one in kinds)
        assert sum(one.lines for one in facts.kinds) == facts.lines


@pytest.mark.django_db
def test_the_annex_sums_by_kind_and_names_nobody():
    for minutes in (30, 60, 60, 90, 120):
        small.help_line("BG", minutes=minutes, person=small.expert("BG", name="Gergana"))
    small.help_line("IT", minutes=600)

    facts = report.collect(scope("BG"))

    assert facts.kinds == (KindFacts("advice", 5, 360),)
    assert "Gergana" not in repr(facts)


@pytest.mark.django_db
def test_who_does_not_write_after_all_finds_the_way_back(as_user):
    person = make.person()
    page = as_user(make.user()).get(reverse("person_thank", args=[person.pk])).content.decode()

    assert f'href="{person.get_absolute_url()}">Back without writing</a>' in page
