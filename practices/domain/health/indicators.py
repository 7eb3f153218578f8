"""Every indicator in words: what it means, how it is counted, who thought of it.

A review of nineteen papers found sixteen ways to evaluate communities, nine of them ever tried,
and little agreement: these are signals to talk about, not a score.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from practices.domain.health.figure import Indicator, Unit

_OURS = _("ours")
_INVITATIONS = _("invitations")
_MEMBERS = _("members")
_PAIRS = _("connected pairs")
_QUESTIONS = _("questions")
_IDEAS = _("ideas")
_ANSWERS = _("answers to the pulse")
_LITHIUM = _("Community Health Index")

_PULSE = _("mean of the scores 1 to 5 of the last quarter that is over; answers without names")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "participation",
        _("Participation"),
        _("Of those who are invited to a session, so many take part."),
        _(
            "mean over sessions of attended / invited; until attendance is recorded, a yes to the "
            "invitation stands for it"
        ),
        _("Looking Beyond Numbers"),
        Unit.SHARE,
        _INVITATIONS,
    ),
    Indicator(
        "levels",
        _("Core"),
        _("So many members carry the community; 10 to 15 % are usual."),
        _(
            "s = attendance share + min(contributions / 6, 1) over 180 days: core from 1.4, active "
            "from 0.7, occasional above 0, else peripheral (cut-offs ours); for the project only"
        ),
        _("Wenger, McDermott, Snyder 2002"),
        Unit.SHARE,
        _MEMBERS,
        on_country=False,
    ),
    Indicator(
        "reciprocity",
        _("Reciprocity"),
        _("Of the pairs who gave each other something, so many gave in both directions."),
        _("mutual pairs / connected pairs; tie = answered, commented, adopted, helped"),
        _OURS,
        Unit.SHARE,
        _PAIRS,
    ),
    Indicator(
        "first_answer",
        _("First answer"),
        _("Half of the questions had a first answer within this time."),
        _("median of the hours from the question to the first answer"),
        _LITHIUM,
        Unit.HOURS,
        _("answered questions"),
    ),
    Indicator(
        "slow_answer",
        _("Slowest answers"),
        _("Nine of ten questions that were answered had their first answer within this time."),
        _("P90 of the hours to the first answer (nearest rank)"),
        _LITHIUM,
        Unit.HOURS,
        _("answered questions"),
    ),
    Indicator(
        "waiting",
        _("Waiting questions"),
        _("So many questions wait for a first answer for more than seven days."),
        _("questions of the last 90 days, open for more than 7 days without an answer"),
        _LITHIUM,
        Unit.COUNT,
        _QUESTIONS,
    ),
    Indicator(
        "interaction",
        _("Interaction"),
        _("So many different people take part in one thread."),
        _("mean number of distinct contributors per thread"),
        _LITHIUM,
        Unit.INDEX,
        _("threads"),
    ),
    Indicator(
        "cross_country",
        _("Across borders"),
        _("From -1, all ties within a country, to 1, all ties across borders."),
        _(
            "E-I = (EL - IL) / (EL + IL) of connected pairs; chance value 1 - 2p, p = share of "
            "within-country pairs; EL = 0: isolated"
        ),
        _("Krackhardt E/I Ratio"),
        Unit.INDEX,
        _PAIRS,
    ),
    Indicator(
        "reuse",
        _("Reuse"),
        _("Of the good practices that are old enough, so many are used by another partner."),
        _("practices older than 90 days adopted by another partner / all such"),
        _("FAO good-practice tool"),
        Unit.SHARE,
        _("practices"),
    ),
    Indicator(
        "ideas_acted",
        _("Ideas tried"),
        _("Of the ideas older than 60 days, so many were tried or taken up."),
        _("ideas older than 60 days with a done action or an experiment / all"),
        _OURS,
        Unit.SHARE,
        _IDEAS,
    ),
    Indicator(
        "ideas_answered",
        _("Ideas answered"),
        _("So many ideas had their answer within the 30 days that are promised."),
        _("ideas answered within 30 days / ideas older than 30 days"),
        _OURS,
        Unit.SHARE,
        _IDEAS,
    ),
    Indicator(
        "retention",
        _("Retention"),
        _("Of those who were active a quarter ago, so many still are."),
        _("active in both quarters / active in the first"),
        _OURS,
        Unit.SHARE,
        _("members active in the first quarter"),
    ),
    Indicator(
        "activation",
        _("Newcomers"),
        _("Of the newcomers, so many gave something in their first 60 days."),
        _("newcomers contributing within 60 days of joining / all whose 60 days are over"),
        _OURS,
        Unit.SHARE,
        _("newcomers"),
    ),
    Indicator(
        "rhythm",
        _("Rhythm"),
        _("1 is a session at the same interval all year, 0 is no regularity at all."),
        _(
            "max(0, 1 - CV of gaps) between days of sessions, over a year; for the project the "
            "mean of the communities"
        ),
        _OURS,
        Unit.INDEX,
        _("gaps between sessions"),
    ),
    Indicator(
        "covered",
        _("Covered months"),
        _("In so many months of the last year there was a session."),
        _("months with a session / full months of the year, in each country"),
        _OURS,
        Unit.SHARE,
        _("months"),
    ),
    Indicator(
        "voice",
        _("Voice balance"),
        _("1 is everybody giving the same, near 0 is one person giving everything."),
        _("1 - Gini of the contributions of all members"),
        _OURS,
        Unit.INDEX,
        _MEMBERS,
    ),
    Indicator(
        "loop",
        _("Changes decided"),
        _("Of the changes that people asked for, so many are decided."),
        _("decided / all changes asked for within a year"),
        _OURS,
        Unit.SHARE,
        _("changes"),
    ),
    Indicator(
        "told",
        _("Told what became of it"),
        _("Half of those who asked heard within this time what was decided."),
        _("median of the days from asking to telling the author"),
        _OURS,
        Unit.DAYS,
        _("changes told"),
    ),
    Indicator(
        "validated",
        _("Validated materials"),
        _("Of the editions that are needed, so many are validated."),
        _("validated / required cells of the quality board"),
        _OURS,
        Unit.SHARE,
        _("editions"),
    ),
    Indicator(
        "value",
        _("Value"),
        _("Of the stories that members told, so many came as far as other ways to work."),
        _(
            "stories whose teller says applied, realised or reframing / all told within 90 days; "
            "beside it the stories of each value cycle"
        ),
        _("Wenger, Trayner, de Laat 2011"),
        Unit.SHARE,
        _("stories"),
    ),
    Indicator(
        "pulse_useful",
        _("Useful"),
        _("“The community is useful for my work”: from 1, not at all, to 5, very much."),
        _PULSE,
        _("JRC CoP Playbook"),
        Unit.SCORE,
        _ANSWERS,
    ),
    Indicator(
        "pulse_heard",
        _("Heard"),
        _("“I am heard here”: from 1, not at all, to 5, very much."),
        _PULSE,
        _("JRC CoP Playbook"),
        Unit.SCORE,
        _ANSWERS,
    ),
    Indicator(
        "pulse_will_use",
        _("Will use"),
        _("“I will use something I learned here”: from 1, not at all, to 5, very much."),
        _PULSE,
        _("JRC CoP Playbook"),
        Unit.SCORE,
        _ANSWERS,
    ),
)
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
