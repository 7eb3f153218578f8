"""Forms by link, as those who run them see them."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_FORM = Route(Audience.MEMBER, shows="easy form")
_FORM_POST = Route(Audience.MEMBER, shows="easy form", post_only=True)

ROUTES: dict[str, Route] = {
    "form_list": MEMBER,
    "form_new": MEMBER,
    "form_rule": MEMBER,
    "form_detail": _FORM,
    "form_edit": _FORM,
    "form_copy": _FORM_POST,
    "form_close": _FORM_POST,
    "form_delete": _FORM_POST,
    "form_question_new": _FORM,
    "form_question": Route(Audience.MEMBER, shows="easy question"),
    "form_question_move": Route(Audience.MEMBER, shows="easy question", post_only=True),
    "form_question_delete": Route(Audience.MEMBER, shows="easy question", post_only=True),
    "form_translations": _FORM,
    "form_audio": Route(Audience.MEMBER, shows="question audio"),
    "form_preview": _FORM,
    "form_share": _FORM,
    "form_poster": _FORM,
    "form_paper": _FORM,
    "form_call_back": _FORM,
    "form_type_in": Route(Audience.MEMBER, shows="form answers"),
    "form_results": _FORM,
    "form_results_csv": _FORM,
    "form_results_xlsx": _FORM,
    "form_words": Route(Audience.MEMBER, shows="form answers"),
    "form_answer": Route(Audience.MEMBER, shows="form answer"),
    "form_answer_sound": Route(Audience.MEMBER, shows="form voice"),
}
