"""What somebody may not open is neither found, nor counted, nor suggested."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.finding import sources
from experts.enums import Role
from materials.domain import search, wording
from practices.models import Answer
from tests import factories as make
from tests.feedback import world as reviews
from tests.feedback.changes import asking
from tests.feedback.groups import world as groups
from tests.materials import drawings
from tests.practices import stories_world
from tests.practices import world as learning
from tests.sessions.actions import world as actions

pytestmark = pytest.mark.django_db

WORD = "zwieback"


def foreign_session():
    make.cop_session("IT", title=WORD, purpose=WORD, place=WORD)


def foreign_action():
    actions.action("IT", title=WORD, details=WORD)


def foreign_lesson():
    actions.lesson("IT", change=WORD, procedure=WORD, changed_on=make.NOW.date())


def hidden_person():
    make.person(code="IT", name=WORD, in_directory=False)


def pages_of_an_unreleased_version():
    version = make.version(make.material("IT", title="Plain"))
    page = version.page_set.first()
    drawings.ready(version, pdf=drawings.stored(b"%PDF-1.7"))
    page = version.page_set.get()
    page.text = WORD
    page.save(update_fields=["text"])
    search.refresh(version_id=version.pk)


def draft_of_a_practice():
    learning.draft("IT", title=WORD, need=WORD)


def merged_idea():
    learning.idea("IT", title=WORD, merged_into=learning.idea("IT", title="The one that stands"))


def question_with_details():
    learning.question("IT", title=WORD, checked_at=None)


def answer_to_a_question_with_details():
    asked = learning.question("IT", title="A case", checked_at=None)
    Answer.objects.create(question=asked, by=learning.member("IT"), text=WORD, at=make.NOW)


def foreign_change():
    version = make.version(make.material("IT"))
    asking.typed(version, code="IT", asked=WORD)


def guide_of_groups():
    groups.guide(name=WORD)


HIDDEN = [
    foreign_session,
    foreign_action,
    foreign_lesson,
    hidden_person,
    pages_of_an_unreleased_version,
    draft_of_a_practice,
    merged_idea,
    question_with_details,
    answer_to_a_question_with_details,
    foreign_change,
    guide_of_groups,
]


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_what_is_hidden_is_not_found_counted_or_suggested(as_user, hide):
    hide()
    user = make.user(Role.EXPERT, "BG")
    assert sources.look(user, wording.read(WORD)) == []
    assert sources.look(user, wording.read("zwiebakc").near()) == []
    page = as_user(user).get(reverse("search"), {"q": WORD}).content.decode()
    assert "Nothing found" in page


@pytest.mark.parametrize(
    ("hide", "kind"),
    [
        (foreign_session, "sessions"),
        (foreign_action, "actions"),
        (foreign_lesson, "lessons"),
        (hidden_person, "people"),
        (pages_of_an_unreleased_version, "materials"),
        (foreign_change, "changes"),
        (guide_of_groups, "guides"),
    ],
)
def test_the_project_manager_who_may_open_it_finds_it(hide, kind):
    """What could leak is really there to be found."""
    hide()
    found = sources.look(make.user(Role.PROJECT_MANAGER), wording.read(WORD))
    assert [(group.kind, group.total) for group in found] == [(kind, 1)]


def test_what_the_community_learned_is_found_by_every_member(monkeypatch):
    """Practices, ideas, questions, answers, stories of another country; pages have addresses."""
    monkeypatch.setattr("practices.domain.found.numbered", lambda name, pk: f"/{name}/{pk}/")
    learning.practice("IT", title="A", steps=f"Bake {WORD}.")
    learning.idea("IT", title=WORD)
    asked = learning.question("IT", title=WORD)
    Answer.objects.create(question=asked, by=learning.member("IT"), text=WORD, at=timezone.now())
    stories_world.story("IT", text=f"We baked {WORD}.")
    found = sources.look(make.user(Role.EXPERT, "BG"), wording.read(WORD))
    kinds = ["practices", "ideas", "questions", "answers", "stories"]
    assert [group.kind for group in found] == kinds


def test_a_verdict_that_waits_for_its_second_signature_is_found_by_those_who_may_sign():
    version = make.version(make.material("IT", title=WORD))
    reviews.verdict(version, "IT", final_at=None, override_reason="The panel was small.")
    kinds = {
        role: [group.kind for group in sources.look(make.user(role, code), wording.read(WORD))]
        for role, code in ((Role.EXPERT, "BG"), (Role.COORDINATOR, "IT"))
    }
    assert kinds == {Role.EXPERT: ["materials"], Role.COORDINATOR: ["materials", "verdicts"]}


def test_what_was_promised_and_learnt_is_found_in_its_countries_and_by_its_owner():
    task = actions.action("BG", "IT", title="A promise", details=f"Bake {WORD}.")
    lesson = actions.lesson("BG", happened=f"Nobody liked the {WORD}.", action=task)
    owner = make.user(code="ES")
    task.owner = owner.person
    task.save(update_fields=["owner"])
    readers = {"BG": make.user(), "IT": make.user(code="IT"), "owner": owner}

    found = {
        who: {
            group.kind: [hit.url for hit in group.hits]
            for group in sources.look(user, wording.read(WORD))
        }
        for who, user in readers.items()
    }

    both = {"actions": [task.get_absolute_url()], "lessons": [lesson.get_absolute_url()]}
    assert found == {"BG": both, "IT": {"actions": both["actions"]}, "owner": both}


def test_a_mail_address_finds_nobody():
    someone = make.person(code="BG")
    found = sources.look(make.user(Role.EXPERT, "BG"), wording.read(someone.email))
    assert found == []
