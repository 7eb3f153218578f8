"""Names on attendance lists, words under codes, and voices: two families that never meet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, WORK, Handling, Kind, Record
from feedback.focus_groups.enums import Kept

_UNKNOWN = _("Not: nobody here knows whose they are. The receipt page tells what is kept")
_BY_CODE = _("By the person with the code of their slip, else by the rule")

ATTENDANCE = Handling(
    _("By rule, counted from the session"),
    _("By the partner, from its own list"),
    _("By the partner on request, else by the rule"),
    rule=Kept.ATTENDANCE,
)
CONSENT = Handling(
    _("By rule, counted from the closing of group or form"),
    _UNKNOWN,
    _("Details and keys with the words; that a consent was given and withdrawn stays as a proof"),
    rule=Kept.CONSENT,
)
WORDS = Handling(
    _("By rule, counted from the closing of group or form"), _UNKNOWN, _BY_CODE, rule=Kept.WORDS
)
RECORDING = Handling(
    _("By rule, counted from the day it was written down, 90 days at most"),
    _UNKNOWN,
    _BY_CODE,
    rule=Kept.RECORDING,
)
VOICE = Handling(
    _("By rule, counted from the day it was left"), _UNKNOWN, _BY_CODE, rule=Kept.VOICE
)
SLIPS = Handling(
    _("As long as a backup may come back"), _UNKNOWN, _("Not: it is what erases again")
)

RECORDS = (
    Record(
        "feedback.AttendanceLine",
        Kind.IDENTITY,
        _("Proof that a group was held. No row of what was said leads here."),
        ATTENDANCE,
        "group name has_signed",
        whole=True,
    ),
    Record(
        "feedback.Participant",
        Kind.DETAIL,
        _("A code in a group, with details as coarse as the person wanted."),
        CONSENT,
        "group code receipt language age_band gender is_minor guardian_agreed uses_interpreter "
        "erased_on",
        whole=True,
    ),
    Record(
        "feedback.Consent",
        Kind.CHOICE,
        _("What a code agreed to, by which words, and when it took that back."),
        CONSENT,
        "participant purpose text is_given was_read_aloud given_on withdrawn_on",
        whole=True,
    ),
    Record(
        "feedback.Quote",
        Kind.WORDS,
        _("What was said, under a code; others read it once details were taken out."),
        WORDS,
        "group participant words language rendering rendering_language interpreter nonverbal "
        "clean_words clean_rendering",
        plain="client_key question position is_back_checked checked_on words_deleted_on revision",
        whole=True,
    ),
    Record(
        "feedback.Priority",
        Kind.WORDS,
        _("What a group wants changed, from nobody in particular."),
        WORDS,
        "words",
    ),
    Record(
        "feedback.Recording",
        Kind.VOICE,
        _("The sound of a talk, until it is written down."),
        RECORDING,
        "file",
        plain="sha256 media_type group uploaded_on written_down_on deleted_on",
        whole=True,
    ),
    Record(
        "feedback.Recording",
        Kind.WORDS,
        _("The talk, written down by hand."),
        WORDS,
        "transcript",
    ),
    Record(
        "feedback.FocusGroup",
        Kind.WORDS,
        _("What went wrong for people during a talk."),
        WORDS,
        "incidents",
    ),
    Record(
        "feedback.FocusGroup",
        Kind.WORDS,
        _("How people were found and how the talk was led; a report prints it."),
        WORK,
        "recruitment refusals relation training others_present setting silences returned",
    ),
    Record(
        "feedback.Interpreter",
        Kind.DETAIL,
        _("Who rendered words, by a label and languages, without a name."),
        WORK,
        "group label languages is_briefed",
        whole=True,
    ),
    Record(
        "feedback.FormResponse",
        Kind.KEY,
        _("One person's answers to a form; days alone are stored."),
        CONSENT,
        "form place receipt language may_quote is_paper started_on finished_on erased_on",
        whole=True,
    ),
    Record(
        "feedback.FormAnswer",
        Kind.WORDS,
        _("What was answered: a face, words, or both."),
        WORDS,
        "response value words clean_words",
        plain="sha256 media_type question checked_on",
        whole=True,
    ),
    Record(
        "feedback.FormAnswer",
        Kind.VOICE,
        _("A voice message of somebody who rather speaks than writes."),
        VOICE,
        "file",
    ),
    Record(
        "feedback.Erasure",
        Kind.KEY,
        _("The hash of a slip whose words were erased, so that they are erased again."),
        SLIPS,
        "receipt",
    ),
    Record(
        "feedback.CoderPass",
        Kind.DEED,
        _("Who coded which line."),
        DEED,
        "quote coder done_on alone",
        about="coder",
        whole=True,
    ),
    Record(
        "feedback.MergeProposal",
        Kind.DEED,
        _("Who proposed and decided that two codes are one."),
        DEED,
        "proposed_by decided_by",
        about="proposed_by",
    ),
    Record(
        "feedback.Theme",
        Kind.WORDS,
        _("What many people said, in other words than theirs."),
        WORK,
        "title summary",
    ),
    Record(
        "feedback.EasyForm",
        Kind.DEED,
        _("Who made a form."),
        DEED,
        "made_by",
        about="made_by",
    ),
)
PLAIN = {
    "feedback.Guide": "name",
    "feedback.GuideQuestion": "texts",
    # The telephone of a service, not of a person.
    "feedback.ReferralCard": "texts phone note",
    "feedback.FocusGroup": "languages",
    "feedback.ConsentText": "file sha256 media_type language text",
    "feedback.Code": "name meaning not_for",
    "feedback.MergeProposal": "why",
    "feedback.EasyForm": "title languages",
    "feedback.EasyQuestion": "texts scale_item",
    "feedback.QuestionAudio": "file sha256 media_type",
    "feedback.RetentionRule": "why",
}
