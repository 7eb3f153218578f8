"""Questions put to the community, and their answers."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

_ONE = Route(Audience.MEMBER, shows="question")
_DEED = Route(Audience.MEMBER, shows="question", post_only=True)

ROUTES: dict[str, Route] = {
    "question_list": MEMBER,
    "question_new": MEMBER,
    "question_detail": _ONE,
    "question_words": _ONE,
    "question_edit": _ONE,
    "question_check": _ONE,
    "question_delete": _DEED,
    "question_route": _ONE,
    "question_pass": _DEED,
    "question_answer": _ONE,
    "question_accept": _DEED,
    "question_unaccept": _DEED,
    "question_worked": _DEED,
    "question_close": _ONE,
    "question_reopen": _DEED,
    "question_assist": Route(Audience.COORDINATOR, shows="question"),
    "answer_edit": Route(Audience.MEMBER, shows="answer"),
}
