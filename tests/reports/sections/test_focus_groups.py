"""What a report tells of focus groups and forms, and whom it never gives away."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from cop_platform.common.reporting.document import Figure, Quote, plain
from cop_platform.common.reporting.drawings import Bars, Flow, ThemeMap
from cop_platform.common.reporting.sections import Profile
from experts import reference
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.focus_groups.domain.report.section import SECTION
from feedback.focus_groups.enums import AgeBand, AnswerKind, FormKind, Gender, Voice
from feedback.focus_groups.models import Consent, EasyForm, EasyQuestion, FormResponse
from feedback.reports.domain.period import Period
from tests import factories as make
from tests.feedback.groups import world
from tests.reports.sections import checks, heard

pytestmark = pytest.mark.django_db


def read(*codes, **more):
    return SECTION.collect(checks.scope(*codes, **more))


@pytest.fixture
def november():
    return heard.month()


def blocks(facts, kind, profile=Profile.AGENCY):
    return [
        block
        for chapter in checks.parts(SECTION, facts, profile)
        for block in chapter.blocks
        if isinstance(block, kind)
    ]


@pytest.mark.parametrize("profile", Profile)
def test_every_figure_stands_in_the_dataset(november, profile):
    facts = read(profile=profile)

    assert checks.check_figures(SECTION, facts, profile) > 35
    checks.check_round_trip(SECTION, facts)


@pytest.mark.parametrize("profile", Profile)
def test_nobody_is_named_and_nothing_unchecked_is_told(november, profile):
    said = checks.everything(SECTION, read(profile=profile), profile)

    assert [secret for secret in heard.SECRETS if secret in said] == []
    assert "Too many words, said in words of my own" in said


def test_a_group_is_told_without_its_address(november):
    (first, second) = read().groups

    assert (first.day, first.people, first.minutes) == ("2026-11-18", 7, 90)
    assert (first.languages, first.is_interpreted) == (("ar", "bg"), True)
    assert first.versions == ("M02 v1",)
    assert (second.voice, second.people, second.is_interpreted) == (Voice.MENTOR, 5, False)


def test_the_public_learns_months_and_no_notes_of_those_who_led_a_group(november):
    facts = read(profile=Profile.PUBLIC)

    assert [(group.month, group.day) for group in facts.groups] == [("2026-11", "")] * 2
    assert facts.notes == ()
    assert "Nobody spoke of money" in checks.everything(SECTION, read())


def test_people_of_small_groups_are_in_no_total_and_not_quoted():
    small = heard.group(people=4)
    heard.voiced(small, world.host(), title="Small")

    facts = read()

    assert (facts.held, facts.heard, facts.groups[0].people) == (1, 0, None)
    assert [(theme.groups, theme.people) for theme in facts.themes] == [(1, None)]
    assert blocks(facts, Quote) == []
    assert "The people of 1 focus group are counted in no total: they were fewer than five." in (
        list(SECTION.gaps(facts, checks.head()))
    )


def test_the_way_to_the_groups_is_told_in_fives(november):
    (flow,) = read().flows

    assert (flow.groups, flow.approached, flow.declined, flow.agreed, flow.came, flow.left) == (
        2,
        20,
        5,
        15,
        10,
        None,
    )
    (drawn,) = [f.drawing for f in blocks(read(), Figure) if isinstance(f.drawing, Flow)]
    assert [step.said for step in drawn.steps] == ["20 or more", "15 or more", "10 or more"]


def test_small_bands_are_merged():
    group = heard.group(people=0)
    ages = [AgeBand.YOUNG] * 6 + [AgeBand.OLDER] * 5 + [AgeBand.MIDDLE] * 2
    for n, age in enumerate(ages):
        gender = Gender.WOMAN if n < 8 else Gender.MAN
        world.participant(group, age_band=age, gender=gender)

    facts = read()

    assert [(band.code, band.people) for band in facts.ages] == [("18_29", 5), ("other", 5)]
    assert [(band.code, band.people) for band in facts.genders] == [("woman", 5), ("man", 5)]
    assert [(band.code, band.people) for band in facts.tongues] == [("ar", 10)]


def test_bands_that_are_all_merged_tell_nothing():
    group = heard.group(people=0)
    for n in range(6):
        world.participant(group, gender=Gender.WOMAN if n < 4 else Gender.MAN)

    assert read().genders == ()


def test_questions_say_in_how_many_groups_they_were_answered(november):
    questions = [q for guide in read().guides for q in guide.questions]

    assert [(q.groups, q.spoke) for q in questions] == [(1, 1), (1, 0), (1, 1), (1, 0)]
    assert [len(q.quotes) for q in questions] == [2, 0, 2, 0]


def test_a_quote_stands_with_what_the_interpreter_made_of_it():
    group = heard.group()
    world.quote(
        group.participants.first(),
        "كلمات كثيرة",
        language="ar",
        rendering="Many words",
        clean_rendering="Many words",
        rendering_language="en",
    )

    (quote,) = blocks(read(), Quote)

    assert (quote.text, quote.language, quote.translation) == ("كلمات كثيرة", "ar", "Many words")
    assert quote.said_by == "A migrant in a focus group"


def test_a_theme_tells_its_reach_and_where_groups_disagree(november):
    (theme,) = read().themes

    assert (theme.groups, theme.people) == (2, 10)
    assert theme.voices == (Voice.MIGRANT, Voice.MENTOR)
    assert (theme.approving, theme.opposing) == (1, 1)
    assert (theme.approving_voices, theme.opposing_voices) == ((Voice.MIGRANT,), (Voice.MENTOR,))
    assert {words.voice for words in theme.quotes} == {Voice.MIGRANT, Voice.MENTOR}
    (drawn,) = [f.drawing for f in blocks(read(), Figure) if isinstance(f.drawing, ThemeMap)]
    assert [(one.label, one.said) for one in drawn.themes] == [("Too many words", "10 or more")]
    assert checks.table(checks.parts(SECTION, read()), "voices-against").rows


def test_withdrawn_quotes_stand_nowhere(november):
    Consent.objects.filter(purpose="quotes").update(withdrawn_on=world.DAY)

    facts = read()

    assert "words of my own" not in checks.everything(SECTION, facts)
    assert facts.themes[0].people == 10


def test_what_participants_asked_leads_to_the_ledger(november):
    (asked,) = read().asked
    change = ChangeRequest.objects.get()

    assert (asked.number, asked.words, asked.decision) == (
        change.pk,
        "Use fewer words on page 2",
        Decision.OPEN,
    )
    assert read(profile=Profile.PUBLIC).asked == ()


def test_the_public_reads_its_own_words_of_what_is_decided(november):
    ChangeRequest.objects.update(
        decision=Decision.ACCEPT,
        reason="True",
        decided_at=make.NOW,
        public_asked="Fewer words, please",
    )

    (asked,) = read(profile=Profile.PUBLIC).asked

    assert (asked.number, asked.words, asked.decision) == (0, "Fewer words, please", "accept")


def test_answers_of_a_form_are_told_in_batches(november):
    (form,) = read().forms

    faces, thumbs, steps, words = form.questions
    assert form.answers == 12
    assert [(p.values, p.people) for p in faces.parts] == [
        ((0,), 0),
        ((1,), 5),
        ((2,), 0),
        ((3,), 0),
        ((4,), 7),
    ]
    assert [(p.values, p.people) for p in thumbs.parts] == [((0,), 0), ((1,), 0), ((2,), 12)]
    assert steps.people == 12
    assert [quote.text for quote in words.quotes] == ["My own words 3"]
    (drawn,) = [f.drawing for f in blocks(read(), Figure) if isinstance(f.drawing, Bars)]
    assert [bar.parts for bar in drawn.rows] == [(5, 7), (0, 12), (6, 6)]


def test_fewer_than_five_answers_wait():
    form = world.easy_form()
    for _n in range(4):
        world.response(form, 4, "Words of one of four", may_quote=True)

    facts = read()

    assert facts.answers == 0
    assert checks.parts(SECTION, facts) == []
    assert "Words of one of four" not in checks.everything(SECTION, facts)
    assert "The answers of 1 form wait until five people gave some." in list(
        SECTION.gaps(facts, checks.head())
    )


def test_the_answers_of_today_are_told_tomorrow():
    form = world.easy_form("BG", AnswerKind.FACES)
    for _n in range(6):
        world.response(form, 4)

    # Midnight of Sofia is two hours before that of UTC.
    today, tomorrow = datetime(2026, 11, 20, 21, 59, tzinfo=UTC), datetime(2026, 11, 20, 22, 0)

    assert read(at=today).answers == 0
    assert read(at=tomorrow.replace(tzinfo=UTC)).answers == 6


@pytest.mark.parametrize("profile", Profile)
def test_the_reports_of_two_days_do_not_tell_the_answer_given_between(november, profile):
    yesterday = read(at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC), profile=profile)
    form = EasyForm.objects.get()
    world.response(form, 1, 1, 1, "Only I said this", may_quote=True, day=date(2026, 11, 22))

    today = read(at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC), profile=profile)

    assert today == yesterday
    assert today.answers == 12


def test_a_batch_belongs_to_the_period_in_which_it_closed():
    form = world.easy_form(opens_on=date(2026, 10, 1))
    for day in (28, 29, 30):
        world.response(form, 4, day=date(2026, 10, day))
    for _n in range(2):
        world.response(form, 1, day=date(2026, 11, 2))
    october = Period(date(2026, 10, 1), date(2026, 10, 31))

    assert read(period=october).answers == 0
    assert read().answers == 5


def test_an_erased_answer_takes_its_batch_out(november):
    response = FormResponse.objects.first()
    response.erased_on = date(2026, 11, 25)
    response.save()
    response.answers.all().delete()

    assert read().answers == 0


def test_the_system_usability_scale_is_a_mean_of_at_least_five():
    form = world.easy_form(kind=FormKind.SURVEY, voice=Voice.MENTOR)
    form.questions.all().delete()
    for n in range(1, 11):
        EasyQuestion.objects.create(
            form=form, position=n, kind=AnswerKind.AGREE, scale_item=f"sus-{n}", texts={"en": "?"}
        )
    for _n in range(5):
        world.response(form, *[5, 1] * 5)
    world.response(form, *[3] * 10)

    (found,) = read().forms

    assert found.sus == round((5 * 100 + 50) / 6)
    assert found.questions == ()


def test_a_report_on_a_material_tells_of_its_groups_and_forms(november):
    scope = checks.scope()
    other = make.version(make.material())
    chosen = [frozenset({one.material_id}) for one in (november[0].versions.get(), other)]

    own, foreign = (
        SECTION.collect(type(scope)(**{**vars(scope), "materials": materials}))
        for materials in chosen
    )

    assert (own.held, own.answers) == (1, 12)
    assert (foreign.held, foreign.answers, foreign.themes) == (0, 0, ())


def test_indicators_are_what_a_plan_can_promise(november):
    found = {i.key: i.reached for i in SECTION.indicators(read(), checks.head())}

    assert found == {"focus_groups_held": 2, "participants_heard": 12, "form_answers": 12}
    assert set(found) == {key for key, _label in SECTION.indicator_keys()}


def test_a_country_that_heard_nobody_says_what_is_missing():
    facts = read()

    assert checks.parts(SECTION, facts) == []
    assert list(SECTION.sheets(facts, checks.head())) == []
    assert list(SECTION.headline(facts, checks.head())) == []
    assert list(SECTION.gaps(facts, checks.head())) == [
        "No migrant was heard in a focus group or by a form in this period.",
        "No mentor was heard in a focus group or by a form in this period.",
    ]
    assert list(SECTION.easy(facts, checks.head())) == [
        "Not all voices are in it yet: migrants were not asked."
    ]
    checks.check_figures(SECTION, facts)


def test_what_is_missing_of_groups_is_said():
    heard.group()

    gaps = list(SECTION.gaps(read(), checks.head()))

    assert gaps[1:] == [
        "For 1 focus group it was not written down how many people were asked.",
        "What was said in the focus groups was not gathered into themes yet.",
        "The guides of the focus groups were not tried out before.",
        "No change request was made of what the focus groups said.",
    ]


def test_groups_that_are_not_closed_or_of_another_country_do_not_count():
    world.group()
    heard.group("IT")
    heard.group(closed_on=date(2026, 12, 1))

    assert read().held == 0


def test_the_guide_is_an_annex_in_the_language_of_the_edition(november):
    guide = november[0].guide
    guide.questions.filter(position=1).update(texts={"en": "What is it?", "de": "Wozu dient es?"})

    with translation.override("de"):
        annex = checks.parts(SECTION, read())[-1]
        asked = [plain(item) for item in checks.bullets([annex])]

    assert annex.key == "focus_guide"
    assert "Wozu dient es?" in asked
    assert "One change?" in asked


def test_easy_sentences_have_at_most_fifteen_words(november):
    said = list(SECTION.easy(read(), checks.head()))

    assert said[0] == "We held 2 focus groups."
    assert [sentence for sentence in said if len(sentence.split()) > 15] == []


@pytest.mark.parametrize("words", checks.HOSTILE)
def test_words_stay_what_somebody_said(words):
    group = heard.group()
    said = world.quote(group.participants.first())
    type(said).objects.update(clean_words=words.replace("\0", ""))

    (quote,) = blocks(read(), Quote)

    assert quote.text.rstrip("…") in " ".join(words.replace("\0", "").split())


def test_the_sheet_of_groups_adds_up(november):
    groups, themes, answers = SECTION.sheets(read(), checks.head())

    assert [cell.value for cell in groups.rows[-1][5:7]] == [180, 12]
    assert themes.rows[0][2:4] == [2, 10]
    assert sum(row[5] for row in answers.rows) == 36
    for sheet in (groups, themes, answers):
        assert all(len(row) == len(sheet.columns) for row in sheet.rows)


def test_three_groups_and_forms_take_as_many_questions_as_one(django_assert_max_num_queries):
    reference.countries()
    heard.month()
    scope = checks.scope()
    with django_assert_max_num_queries(40) as one:
        SECTION.collect(scope)
    coder = world.host()
    for n in range(2):
        heard.voiced(heard.group(), coder, title=f"Another theme {n}")
        heard.form()

    with django_assert_max_num_queries(len(one)) as three:
        assert SECTION.collect(scope).held == 4
    assert len(three) == len(one)
