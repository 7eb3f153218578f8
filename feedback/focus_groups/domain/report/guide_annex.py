"""The annex with the guides: what the groups were asked, in the language of the edition."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Block, Bullets, Chapter, Heading, Paragraph
from cop_platform.common.reporting.sections import Head
from feedback.focus_groups.domain.report import wording
from feedback.focus_groups.domain.report.facts import GuideFacts, HeardFacts


def annexes(facts: HeardFacts, head: Head) -> Iterator[Chapter]:
    """Nothing where no group used a guide."""
    if not facts.guides:
        return
    blocks: list[Block] = [
        Paragraph(
            _(
                "These are the questions as the groups were asked. Each talk begins with what "
                "happens with the answers, and ends with a card that says where help is found."
            )
        )
    ]
    for guide in facts.guides:
        blocks += guide_blocks(guide)
    yield Chapter("focus_guide", _("Guide of the focus groups"), tuple(blocks))


def guide_blocks(guide: GuideFacts) -> Iterator[Block]:
    """One guide: for whom, whether it was tried out, and its questions in order."""
    yield Heading(
        _("%(guide)s, revision %(n)s") % {"guide": guide.name, "n": sayings.count(guide.revision)}
    )
    minutes = sum(question.minutes for question in guide.questions)
    yield Paragraph(
        ngettext(
            "%(voice)s; %(n)s minute is planned for the questions.",
            "%(voice)s; %(n)s minutes are planned for the questions.",
            minutes,
        )
        % {"voice": guide.voice.label, "n": sayings.count(minutes)}
    )
    yield Paragraph(
        _("The guide was tried out before the first group.")
        if guide.is_piloted
        else _("The guide was not tried out before the first group.")
    )
    yield Bullets(tuple(wording.spoken(q.texts) for q in guide.questions), ordered=True)
