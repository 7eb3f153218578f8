"""What fills each item of the checklist: sentences from facts, "" where nothing is known."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from feedback.focus_groups.domain.group_report.facts import OneGroup
from feedback.focus_groups.domain.report import wording
from sessions.enums import Mode


def nothing(_group: OneGroup) -> str:
    """What nobody is asked for."""
    return ""


# --- Team -------------------------------------------------------------------------------------


def moderator(group: OneGroup) -> str:
    if not group.team.has_moderator:
        return ""
    if group.team.has_note_taker:
        return _("A facilitator led the talk; a note-taker wrote it down.")
    return _("A facilitator led the talk; nobody is named who took notes.")


def training(group: OneGroup) -> str:
    return group.told.training


def occupation(group: OneGroup) -> str:
    return (
        sayings.listed([str(one.label) for one in group.team.professions])
        if group.team.professions
        else ""
    )


def experience(group: OneGroup) -> str:
    years = group.team.years
    if not years:
        return ""
    return ngettext(
        "%(n)s year of work with migrants.", "%(n)s years of work with migrants.", years
    ) % {"n": sayings.count(years)}


def relation(group: OneGroup) -> str:
    return group.told.relation


def informed(group: OneGroup) -> str:
    if not group.captured.consents:
        return ""
    return _("Before they agreed, participants were read who asks, what for, and what is kept.")


def interests(group: OneGroup) -> str:
    if not (group.told.relation and group.told.training):
        return ""
    return _("Told with their relation to the participants and their training.")


# --- Design -----------------------------------------------------------------------------------


def method(group: OneGroup) -> str:
    if not group.guide.questions:
        return ""
    return _("A talk along a guide; what was said is coded line by line and gathered into themes.")


def sampling(group: OneGroup) -> str:
    return group.told.recruitment


def approach(group: OneGroup) -> str:
    if group.flow is None:
        return ""
    return _("People asked: %(asked)s; said yes: %(yes)s.") % {
        "asked": wording.in_fives(group.flow.approached),
        "yes": wording.in_fives(group.flow.agreed),
    }


def size(group: OneGroup) -> str:
    if group.about.people is None:
        return "" if not group.captured.consents else sayings.people(None)
    return ngettext(
        "%(n)s person took part; %(fewest)s to %(most)s were planned.",
        "%(n)s people took part; %(fewest)s to %(most)s were planned.",
        group.about.people,
    ) % {
        "n": sayings.count(group.about.people),
        "fewest": sayings.count(group.fewest),
        "most": sayings.count(group.most),
    }


def refusals(group: OneGroup) -> str:
    return group.told.refusals if group.flow is not None else ""


def place(group: OneGroup) -> str:
    if group.about.mode == Mode.ONLINE:
        return group.told.setting or _("The group met online.")
    return group.told.setting


def others(group: OneGroup) -> str:
    return group.told.others_present


def sample(group: OneGroup) -> str:
    if not group.has_bands:
        return ""
    return _("Age, gender and language as participants told them, in coarse bands.")


def guide(group: OneGroup) -> str:
    count = len(group.guide.questions)
    if not count:
        return ""
    said = (
        ngettext(
            "A guide of %(n)s question, which was tried out before.",
            "A guide of %(n)s questions, which was tried out before.",
            count,
        )
        if group.guide.is_piloted
        else ngettext(
            "A guide of %(n)s question, which was not tried out before.",
            "A guide of %(n)s questions, which was not tried out before.",
            count,
        )
    )
    return said % {"n": sayings.count(count)}


def repeats(_group: OneGroup) -> str:
    return _("The group met once.")


def recording(group: OneGroup) -> str:
    if group.captured.is_written_down:
        return _("The talk was recorded until it was written down.")
    if group.captured.is_recorded:
        return _("The talk was recorded; it is not written down yet.")
    if group.captured.lines:
        return _("The talk was not recorded; it was written down line by line.")
    return ""


def field_notes(group: OneGroup) -> str:
    seen = group.captured.observed
    if not seen:
        return ""
    return ngettext(
        "%(n)s line says what was seen beside what was said.",
        "%(n)s lines say what was seen beside what was said.",
        seen,
    ) % {"n": sayings.count(seen)}


def duration(group: OneGroup) -> str:
    minutes = group.about.minutes
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": sayings.count(minutes)}


def saturation(group: OneGroup) -> str:
    new = group.coded.new
    if new is None:
        return ""
    if group.coded.groups == 1:
        return _("It is the first coded group, so it cannot be told yet.")
    return ngettext(
        "%(n)s code was new beside the groups coded before.",
        "%(n)s codes were new beside the groups coded before.",
        new,
    ) % {"n": sayings.count(new)}


def returned(group: OneGroup) -> str:
    return group.told.returned


# --- Findings ---------------------------------------------------------------------------------


def coders(group: OneGroup) -> str:
    count = group.coded.coders
    if not count:
        return ""
    return ngettext(
        "%(n)s coder; %(twice)s lines were coded by two or more, each alone at first.",
        "%(n)s coders; %(twice)s lines were coded by two or more, each alone at first.",
        count,
    ) % {"n": sayings.count(count), "twice": sayings.count(group.coded.doubly)}


def codes(group: OneGroup) -> str:
    return sayings.listed(list(group.coded.codes)) if group.coded.codes else ""


def derivation(group: OneGroup) -> str:
    if not group.themes:
        return ""
    return _("Themes come from the words: codes were given first, and gathered into themes.")


def software(_group: OneGroup) -> str:
    return _("This platform, from capture to coding and report.")


def checked(group: OneGroup) -> str:
    count = group.captured.back_checked
    if not count:
        return ""
    return ngettext(
        "%(n)s line was checked back with its speaker.",
        "%(n)s lines were checked back with their speakers.",
        count,
    ) % {"n": sayings.count(count)}


def quotes(group: OneGroup) -> str:
    count = len(group.quotes)
    if not count:
        return ""
    return ngettext(
        "%(n)s quote may be printed, under the code of its speaker.",
        "%(n)s quotes may be printed, each under the code of its speaker.",
        count,
    ) % {"n": sayings.count(count)}


def consistent(group: OneGroup) -> str:
    if not group.themes or not all(theme.quotes for theme in group.themes):
        return ""
    return _("Every theme stands with words that show it.")


def major(group: OneGroup) -> str:
    found = [theme.title for theme in group.themes if theme.is_major]
    return sayings.listed(found) if found else ""


def minor(group: OneGroup) -> str:
    found = [theme.title for theme in group.themes if not theme.is_major]
    return sayings.listed(found) if found else group.told.silences
