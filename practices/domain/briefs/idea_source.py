"""Ideas as suggestions of a brief: all that stand and were not parked."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from cop_platform.common.addresses import numbered
from experts.models import User
from practices.domain.briefs.sources import Source, Suggestion
from practices.domain.ideas import voting
from practices.enums import IdeaState
from practices.models import Idea

KIND = "idea"
# More than that nobody looks through; the most wanted come first.
_MOST = 100
_ORDER: tuple[str, ...] = ("-votes_n", "-pk")


def _offered(user: User) -> Iterator[Suggestion]:
    standing = Idea.objects.visible_to(user).standing().exclude(state=IdeaState.PARKED)
    ideas = voting.with_votes(standing.select_related("country", "topic"))
    for idea in ideas.order_by(*_ORDER)[:_MOST]:
        yield Suggestion(
            kind=KIND,
            key=idea.pk,
            theme=idea.topic.name if idea.topic else "",
            text=f"{idea.title}. {idea.text}" if idea.text else idea.title,
            country=idea.country.code if idea.country else "",
            day=idea.added_on,
        )


SOURCE = Source(
    kind=KIND,
    label=gettext_lazy("Idea"),
    offered=_offered,
    page=lambda key: numbered("idea_detail", key),
)
