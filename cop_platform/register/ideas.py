"""Ideas, votes, experiments, briefs."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

ROUTES: dict[str, Route] = {
    "idea_list": MEMBER,
    "idea_new": MEMBER,
    "idea_funnel": MEMBER,
    "idea_csv": MEMBER,
    "idea_xlsx": MEMBER,
    "idea_detail": Route(Audience.MEMBER, shows="idea"),
    "idea_vote": Route(Audience.MEMBER, shows="idea", post_only=True),
    "idea_words": Route(Audience.MEMBER, shows="idea"),
    "idea_edit": Route(Audience.MEMBER, shows="idea"),
    "idea_note": Route(Audience.MEMBER, shows="idea"),
    "idea_withdraw": Route(Audience.MEMBER, shows="idea", post_only=True),
    "idea_bring_back": Route(Audience.MEMBER, shows="idea", post_only=True),
    "idea_combine": Route(Audience.MEMBER, shows="idea"),
    "idea_answer": Route(Audience.MEMBER, shows="idea"),
    "idea_move": Route(Audience.MEMBER, shows="idea"),
    "idea_merge": Route(Audience.MEMBER, shows="idea"),
    "idea_apart": Route(Audience.MEMBER, shows="idea", post_only=True),
    "experiment_new": Route(Audience.MEMBER, shows="idea"),
    "experiment_edit": Route(Audience.MEMBER, shows="experiment"),
    "brief_list": MEMBER,
    "brief_new": MEMBER,
    "brief_detail": Route(Audience.MEMBER, shows="brief"),
    "brief_edit": Route(Audience.MEMBER, shows="brief"),
    "brief_pdf": Route(Audience.MEMBER, shows="brief"),
    "brief_docx": Route(Audience.MEMBER, shows="brief"),
}
