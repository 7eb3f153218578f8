"""Who gets where: focus groups, their forms, guides and codes."""

from __future__ import annotations

from experts.enums import Role
from tests.feedback.groups import world as groups
from tests.platform.access.ground import Ground
from tests.platform.access.roles import GROUP_HOSTS, ROLES

SEES: dict[str, tuple[set[str], set[str]]] = {
    # Who runs groups in the country, and the manager; what was said there is the country's alone.
    "focus group": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "group capture": (GROUP_HOSTS, set()),
    "participant": (GROUP_HOSTS, set()),
    # Of no country; who plays it stands in MAY.
    "consent text": (set(ROLES), set(ROLES)),
    # By its group and the key that its device chose.
    "quote": (GROUP_HOSTS, set()),
    "easy form": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Codes stand beside what was said; a theme is counted from them and names nobody.
    "code": (GROUP_HOSTS, set()),
    "merge proposal": (GROUP_HOSTS, set()),
    "theme": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "easy question": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "question audio": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # What people wrote and said to a form, as they did.
    "form answers": (GROUP_HOSTS, set()),
    "form answer": (GROUP_HOSTS, set()),
    "form voice": (GROUP_HOSTS, set()),
    # Of no country: whoever runs groups reads them; who writes them stands in MAY.
    "guide": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, GROUP_HOSTS | {Role.PROJECT_MANAGER}),
    "guide question": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, GROUP_HOSTS | {Role.PROJECT_MANAGER}),
    # A page for each kind, not somebody's object; who may change the days stands in MAY.
    "retention rule": (set(ROLES), set(ROLES)),
}
MAY: dict[str, set[str]] = {
    "codebook": GROUP_HOSTS,
    "codebook_csv": GROUP_HOSTS,
    "code_new": GROUP_HOSTS,
    "theme_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "theme_new": GROUP_HOSTS,
    "theme_edit": GROUP_HOSTS,
    "form_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "form_new": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "form_rule": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "consent_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "consent_new": {Role.PROJECT_MANAGER},
    "consent_words": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "consent_sound": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "group_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "group_plan": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "referral_card": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "referral_print": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "guide_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "guide_new": {Role.PROJECT_MANAGER},
    "guide_edit": {Role.PROJECT_MANAGER},
    "guide_revise": {Role.PROJECT_MANAGER},
    "guide_retire": {Role.PROJECT_MANAGER},
    "guide_piloted": {Role.PROJECT_MANAGER},
    "guide_words": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "guide_question_new": {Role.PROJECT_MANAGER},
    "guide_question_edit": {Role.PROJECT_MANAGER},
    "guide_question_move": {Role.PROJECT_MANAGER},
    "guide_question_delete": {Role.PROJECT_MANAGER},
    "retention_edit": {Role.PROJECT_MANAGER},
}
MAY_ABROAD: dict[str, set[str]] = {
    "referral_card": {Role.PROJECT_MANAGER},
    "referral_print": {Role.PROJECT_MANAGER},
}
POSTED: dict[str, dict[str, str]] = {}


def objects(ground: Ground) -> dict[str, object]:
    """One object of each kind in a country, by kind."""
    code = ground.code
    group = groups.group(code, by=ground.planner)
    line = groups.quote(groups.participant(group), question=None, checked=False)
    groups.recording(group)
    form = groups.easy_form(code)
    answered = groups.response(form, 4, "The form was clear.")
    return {
        "focus group": group.pk,
        "group capture": group.pk,
        "easy form": form.pk,
        "easy question": form.questions.first().pk,
        "question audio": groups.audio(form).pk,
        "form answers": form.pk,
        "form answer": answered.answers.get(question__position=2).pk,
        "form voice": groups.voice(form).pk,
        "participant": groups.participant(group).pk,
        "consent text": groups.read_aloud(language=code.lower()).pk,
        "quote": (group.pk, line.client_key),
        "guide": group.guide_id,
        "guide question": groups.guide().questions.first().pk,
        "code": groups.code(code).pk,
        "merge proposal": groups.merge_proposal(code).pk,
        "theme": groups.theme(country=code).pk,
        "retention rule": "voice",
    }
