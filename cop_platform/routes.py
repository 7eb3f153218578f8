"""The route register: every address, who it is for, and what kind of object it shows.

The register is enforced, not only written: a route that is not listed does not exist (404), and
one that is listed opens for its audience alone. Which objects somebody sees there is decided by
`visible_to` in the app the route belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _

from cop_platform.common import device
from cop_platform.common.routes import Audience, Route

_PUBLIC = Route(Audience.PUBLIC, translated=True)
_MEMBER = Route(Audience.MEMBER)

REGISTER: dict[str, Route] = {
    "today": _MEMBER,
    "healthz": Route(Audience.PUBLIC),
    "readyz": Route(Audience.PUBLIC),
    "service_worker": Route(Audience.PUBLIC),
    "set_page_language": Route(Audience.PUBLIC, translated=True),
    "demo_mailbox": Route(Audience.DEMO),
    "demo_mail": Route(Audience.DEMO),
    "demo_mail_raw": Route(Audience.DEMO),
    "demo_mail_answer": Route(Audience.DEMO, post_only=True),
    "demo_mail_receive": Route(Audience.DEMO, post_only=True),
    "styleguide": Route(Audience.DEMO),
    # experts
    "country_list": _MEMBER,
    "country_detail": Route(Audience.MEMBER, shows="country"),
    "person_list": _MEMBER,
    "person_invite": Route(Audience.PEOPLE_MANAGER),
    "person_import": Route(Audience.COORDINATOR),
    "import_run": Route(Audience.COORDINATOR, shows="import run"),
    "import_run_cancel": Route(Audience.COORDINATOR, shows="import run", post_only=True),
    "person_detail": Route(Audience.MEMBER, shows="person"),
    "person_account": Route(Audience.MEMBER, shows="person", post_only=True),
    "invitation_revoke": Route(Audience.PEOPLE_MANAGER, shows="account invitation", post_only=True),
    "invitation_accept": Route(Audience.GUEST, shows="account invitation", translated=True),
    "profile": _MEMBER,
    "mail_choices": _MEMBER,
    "guest_mails": Route(Audience.GUEST, shows="person's mails", translated=True),
    "unsubscribe": Route(Audience.GUEST, shows="person's mails", translated=True),
    "notice_list": _MEMBER,
    "notice_open": Route(Audience.MEMBER, shows="notice", post_only=True),
    "notices_read": Route(Audience.MEMBER, post_only=True),
    "message_list": Route(Audience.PEOPLE_MANAGER),
    "message_chosen": Route(Audience.COORDINATOR, post_only=True),
    "message_detail": Route(Audience.PEOPLE_MANAGER, shows="message"),
    "message_send_now": Route(Audience.COORDINATOR, shows="message", post_only=True),
    "message_cancel": Route(Audience.COORDINATOR, shows="message", post_only=True),
    "message_plan_again": Route(Audience.COORDINATOR, shows="message", post_only=True),
    "message_resend": Route(Audience.COORDINATOR, shows="message", post_only=True),
    "address_trust": Route(Audience.PEOPLE_MANAGER, shows="address", post_only=True),
    "operations": Route(Audience.PEOPLE_MANAGER),
    "sending_pause": Route(Audience.PEOPLE_MANAGER, post_only=True),
    "sending_resume": Route(Audience.PEOPLE_MANAGER, post_only=True),
    "mail_text_list": Route(Audience.PEOPLE_MANAGER),
    "mail_text_edit": Route(Audience.PEOPLE_MANAGER, shows="mail text"),
    "mail_text_preview": Route(Audience.PEOPLE_MANAGER, shows="mail text"),
    "mail_text_use": Route(Audience.PEOPLE_MANAGER, shows="mail text", post_only=True),
    # sessions
    "session_calendar": _MEMBER,
    "session_list": _MEMBER,
    "session_new": Route(Audience.COORDINATOR),
    "session_detail": Route(Audience.MEMBER, shows="session"),
    "session_edit": Route(Audience.MEMBER, shows="session"),
    "session_cancel": Route(Audience.MEMBER, shows="session"),
    "session_move": Route(Audience.MEMBER, shows="session"),
    "session_invite": Route(Audience.MEMBER, shows="session"),
    "session_mails": Route(Audience.MEMBER, shows="session"),
    "session_seats": Route(Audience.MEMBER, shows="session"),
    "session_undo": Route(Audience.MEMBER, shows="undo window", post_only=True),
    "invitation_answer": Route(Audience.MEMBER, shows="session invitation", post_only=True),
    "session_answer": Route(Audience.GUEST, shows="session invitation", translated=True),
    "library_list": _MEMBER,
    "kind_edit": Route(Audience.MEMBER, shows="kind template"),
    "method_edit": Route(Audience.MEMBER, shows="method"),
    "room_list": Route(Audience.COORDINATOR),
    "room_edit": Route(Audience.COORDINATOR, shows="room"),
    # polls and fair times
    "fair_times": Route(Audience.COORDINATOR),
    "busy_list": _MEMBER,
    "busy_remove": Route(Audience.MEMBER, shows="busy period", post_only=True),
    "poll_list": _MEMBER,
    "poll_new": Route(Audience.COORDINATOR),
    "poll_detail": Route(Audience.MEMBER, shows="poll"),
    "poll_edit": Route(Audience.MEMBER, shows="poll"),
    "poll_ask": Route(Audience.MEMBER, shows="poll"),
    "poll_vote": Route(Audience.MEMBER, shows="poll", post_only=True),
    "poll_nudge": Route(Audience.MEMBER, shows="poll", post_only=True),
    "poll_close": Route(Audience.MEMBER, shows="poll"),
    "poll_end": Route(Audience.MEMBER, shows="poll", post_only=True),
    "poll_answer": Route(Audience.GUEST, shows="poll voter", translated=True),
    # series of sessions
    "series_new": Route(Audience.COORDINATOR),
    "series_detail": Route(Audience.MEMBER, shows="series"),
    "series_invite": Route(Audience.MEMBER, shows="series"),
    "series_bring_back": Route(Audience.MEMBER, shows="series"),
    "series_change": Route(Audience.MEMBER, shows="series session"),
    "series_cancel": Route(Audience.MEMBER, shows="series session"),
    "series_answer": Route(Audience.GUEST, shows="series invitation", translated=True),
    "invitation_take_back": Route(Audience.MEMBER, shows="session invitation", post_only=True),
    "proposal_decide": Route(Audience.COORDINATOR, shows="proposal", post_only=True),
    "mail_review": Route(Audience.COORDINATOR),
    "mail_count": Route(Audience.COORDINATOR, shows="inbound mail", post_only=True),
    "mail_set_aside": Route(Audience.COORDINATOR, shows="inbound mail", post_only=True),
    "session_import": Route(Audience.COORDINATOR),
    "feed_list": _MEMBER,
    "feed_alarm": Route(Audience.MEMBER, shows="feed", post_only=True),
    "feed_rotate": Route(Audience.MEMBER, shows="feed", post_only=True),
    "feed": Route(Audience.GUEST, shows="feed"),
    # materials
    "material_list": _MEMBER,
    "material_new": _MEMBER,
    "incoming_list": _MEMBER,
    "incoming_file": Route(Audience.MEMBER, shows="incoming file"),
    "incoming_material": Route(Audience.MEMBER, shows="incoming file"),
    "incoming_version": Route(Audience.MEMBER, shows="incoming file"),
    "incoming_check": Route(Audience.MEMBER, shows="incoming file", post_only=True),
    "incoming_remove": Route(Audience.MEMBER, shows="incoming file", post_only=True),
    "material_detail": Route(Audience.MEMBER, shows="material"),
    "version_new": Route(Audience.MEMBER, shows="material"),
    "version_release": Route(Audience.MEMBER, shows="version number"),
    "version_detail": Route(Audience.MEMBER, shows="version"),
    "version_file": Route(Audience.MEMBER, shows="version"),
    "version_beside": Route(Audience.MEMBER, shows="version pair"),
    "preflight_detail": Route(Audience.MEMBER, shows="version"),
    "preflight_again": Route(Audience.MEMBER, shows="version", post_only=True),
    "version_words": Route(Audience.MEMBER, shows="version"),
    "glossary_list": _MEMBER,
    "glossary_csv": _MEMBER,
    "term_new": _MEMBER,
    "term_edit": Route(Audience.MEMBER, shows="glossary term"),
    "term_delete": Route(Audience.MEMBER, shows="glossary term", post_only=True),
    "matrix_edit": Route(Audience.MEMBER, shows="material"),
    "erratum_decide": Route(Audience.MEMBER, shows="erratum", post_only=True),
    "version_text": Route(Audience.MEMBER, shows="version"),
    "version_pdf": Route(Audience.MEMBER, shows="version"),
    "version_thumbnail": Route(Audience.MEMBER, shows="version"),
    "version_drawing": Route(Audience.MEMBER, shows="version"),
    "version_draw_again": Route(Audience.MEMBER, shows="version", post_only=True),
    "version_draw_stop": Route(Audience.MEMBER, shows="version", post_only=True),
    "page_image": Route(Audience.MEMBER, shows="page"),
    "version_tracks": Route(Audience.MEMBER, shows="version"),
    "text_track": Route(Audience.MEMBER, shows="text track"),
    "material_compare": Route(Audience.MEMBER, shows="material"),
    "results_download": Route(Audience.COORDINATOR),
    "material_coverage": _MEMBER,
    "material_tags": Route(Audience.MEMBER, shows="material"),
    # catalogue
    "catalogue": _PUBLIC,
    "catalogue_feed": Route(Audience.PUBLIC),
    "catalogue_entry": _PUBLIC,
    "catalogue_card": _PUBLIC,
    "catalogue_changes": _PUBLIC,
    "catalogue_file": Route(Audience.PUBLIC),
    "catalogue_used": Route(Audience.PUBLIC, translated=True, post_only=True),
    "catalogue_used_where": Route(Audience.PUBLIC, translated=True, post_only=True),
    # reports
    "country_reports": Route(Audience.MEMBER, shows="country report"),
    # Drafts are shown to those who answer for the country, what is public to everybody.
    "report_detail": Route(Audience.PUBLIC, shows="report", translated=True),
    "report_data": Route(Audience.PUBLIC, shows="report", translated=True),
    "report_pdf": Route(Audience.MEMBER, shows="report"),
    "report_xlsx": Route(Audience.MEMBER, shows="report"),
    "report_json": Route(Audience.MEMBER, shows="report"),
    "report_docx": Route(Audience.MEMBER, shows="report"),
    "report_signature": Route(Audience.MEMBER, shows="report file"),
    "report_follow": Route(Audience.MEMBER, shows="country report", post_only=True),
    "report_list": _MEMBER,
    "report_compare": _MEMBER,
    "report_zip": _MEMBER,
    "report_public_list": _PUBLIC,
    "report_schema": _PUBLIC,
    "report_public_file": Route(Audience.PUBLIC),
    "report_public_signature": Route(Audience.PUBLIC),
    "report_release": Route(Audience.MEMBER, shows="report"),
    "report_sign": Route(Audience.MEMBER, shows="report", post_only=True),
    "report_publish": Route(Audience.MEMBER, shows="report", post_only=True),
    "report_withdraw": Route(Audience.MEMBER, shows="report", post_only=True),
    "report_run_retry": Route(Audience.MEMBER, shows="report run", post_only=True),
    "report_run": Route(Audience.MEMBER, shows="report run"),
    "report_run_cancel": Route(Audience.MEMBER, shows="report run", post_only=True),
    "report_funding": _MEMBER,
    "report_grant": _MEMBER,
    "report_plan": _MEMBER,
    "report_binder": Route(Audience.MEMBER, shows="audit binder"),
    "report_binder_zip": Route(Audience.MEMBER, shows="audit binder"),
    "report_binder_signature": Route(Audience.MEMBER, shows="audit binder"),
    "report_results": Route(Audience.MEMBER, shows="report"),
    "report_preflight": Route(Audience.MEMBER, shows="report"),
    "report_consortium": _MEMBER,
    "cut_list": _MEMBER,
    "cut_new": _MEMBER,
    "cut_detail": Route(Audience.MEMBER, shows="named report"),
    "cut_edit": Route(Audience.MEMBER, shows="named report"),
    "cut_retire": Route(Audience.MEMBER, shows="named report", post_only=True),
    "cut_bring_back": Route(Audience.MEMBER, shows="named report", post_only=True),
    "funding_emblem": _MEMBER,
    "funding_text": Route(Audience.MEMBER, shows="funding text"),
    "funding_text_sign": Route(Audience.MEMBER, shows="funding text", post_only=True),
    "partner_logo": Route(Audience.MEMBER, shows="partner"),
    "partner_logo_remove": Route(Audience.MEMBER, shows="partner", post_only=True),
    "partner_logo_picture": Route(Audience.MEMBER, shows="partner logo"),
    # reviews
    "review_list": _MEMBER,
    "review_desk": Route(Audience.MEMBER, shows="review assignment"),
    "review_copies": _MEMBER,
    "review_draft": Route(Audience.MEMBER, shows="review assignment", post_only=True),
    "review_accept": Route(Audience.MEMBER, shows="review assignment", post_only=True),
    "review_decline": Route(Audience.MEMBER, shows="review assignment"),
    "review_annotations": Route(Audience.MEMBER, shows="review assignment"),
    "review_annotation_delete": Route(Audience.MEMBER, shows="review assignment", post_only=True),
    "review_annotations_export": Route(Audience.MEMBER, shows="review assignment"),
    "review_remarks": Route(Audience.MEMBER, shows="review assignment"),
    "review_fixed": Route(Audience.MEMBER, shows="review assignment", post_only=True),
    "material_conflict": Route(Audience.MEMBER, shows="material"),
    "round_new": Route(Audience.COORDINATOR),
    "round_detail": Route(Audience.COORDINATOR, shows="review round"),
    "round_assign": Route(Audience.COORDINATOR, shows="review round"),
    "round_planning": Route(Audience.COORDINATOR),
    "round_light": Route(Audience.COORDINATOR, shows="review round"),
    "round_fixes": Route(Audience.COORDINATOR, shows="review round"),
    "round_propose": Route(Audience.COORDINATOR, shows="review round"),
    "round_conflicts": Route(Audience.COORDINATOR, shows="review round"),
    "round_substitute": Route(Audience.COORDINATOR, shows="review round"),
    "round_due": Route(Audience.COORDINATOR, shows="review round"),
    "round_close": Route(Audience.COORDINATOR, shows="review round"),
    "round_phase": Route(Audience.COORDINATOR, shows="review round"),
    "round_see_as": Route(Audience.COORDINATOR, shows="review round"),
    "round_discussion": Route(Audience.MEMBER, shows="review round"),
    "round_remarks": Route(Audience.MEMBER, shows="review round"),
    "round_response": Route(Audience.MEMBER, shows="review round"),
    "round_no_response": Route(Audience.COORDINATOR, shows="review round", post_only=True),
    "review_sample": Route(Audience.MEMBER, shows="review assignment"),
    "review_form": Route(Audience.MEMBER, shows="review assignment"),
    "review_form_save": Route(Audience.MEMBER, shows="review assignment", post_only=True),
    "review_form_docx": Route(Audience.MEMBER, shows="review assignment"),
    "review_form_xlsx": Route(Audience.MEMBER, shows="review assignment"),
    "review_certificate": Route(Audience.MEMBER, shows="review assignment"),
    "review_reopen": Route(Audience.MEMBER, shows="review assignment"),
    "round_reopenings": Route(Audience.COORDINATOR, shows="review round"),
    "reopening_answer": Route(Audience.COORDINATOR, shows="reopening", post_only=True),
    "rubric_list": Route(Audience.COORDINATOR),
    "rubric_templates": Route(Audience.COORDINATOR, post_only=True),
    "rubric_new": Route(Audience.COORDINATOR),
    "rubric_detail": Route(Audience.COORDINATOR, shows="rubric"),
    "rubric_edit": Route(Audience.COORDINATOR, shows="rubric"),
    "rubric_sample": Route(Audience.COORDINATOR, shows="rubric"),
    "criterion_new": Route(Audience.COORDINATOR, shows="rubric"),
    "criterion_edit": Route(Audience.COORDINATOR, shows="criterion"),
    "criterion_move": Route(Audience.COORDINATOR, shows="criterion", post_only=True),
    "criterion_delete": Route(Audience.COORDINATOR, shows="criterion", post_only=True),
    "rubric_revise": Route(Audience.COORDINATOR, shows="rubric", post_only=True),
    "rubric_retire": Route(Audience.COORDINATOR, shows="rubric", post_only=True),
    "validation_figures": _MEMBER,
    "round_outcome": Route(Audience.COORDINATOR, shows="review round"),
    "round_verdicts": Route(Audience.COORDINATOR, shows="review round"),
    "round_across": Route(Audience.COORDINATOR, shows="review round"),
    "round_pictures": Route(Audience.COORDINATOR, shows="review round"),
    "round_waves": Route(Audience.COORDINATOR, shows="review round"),
    "wave_close": Route(Audience.COORDINATOR, shows="wave", post_only=True),
    "wave_answer": Route(Audience.MEMBER, shows="review assignment"),
    "round_verdict": Route(Audience.COORDINATOR, shows="review round"),
    "verdict_list": _MEMBER,
    "verdict_detail": Route(Audience.MEMBER, shows="verdict"),
    "quality_board": _MEMBER,
    "quality_csv": _MEMBER,
    "ageing_list": Route(Audience.COORDINATOR),
    "ageing_detail": Route(Audience.COORDINATOR, shows="sign of ageing"),
    "dead_link_tell": Route(Audience.MEMBER, shows="version"),
    "release_waive": Route(Audience.MEMBER, shows="version"),
    "waiver_take_back": Route(Audience.MEMBER, shows="waiver", post_only=True),
    # endorsements, credentials, verification
    "version_endorse": Route(Audience.MEMBER, shows="version"),
    "endorsement_take_back": Route(Audience.MEMBER, shows="version"),
    "verdict_credential": Route(Audience.MEMBER, shows="verdict", post_only=True),
    "credential_list": _MEMBER,
    "credential_file": Route(Audience.MEMBER, shows="credential"),
    "credential_take_back": Route(Audience.MEMBER, shows="credential", post_only=True),
    "verify": _PUBLIC,
    "verify_verdict": _PUBLIC,
    "verify_credential": _PUBLIC,
    "verify_badge_svg": Route(Audience.PUBLIC),
    "verify_badge_png": Route(Audience.PUBLIC),
    "verify_material_credential": Route(Audience.PUBLIC),
    "verify_key": Route(Audience.PUBLIC),
    "verify_jwks": Route(Audience.PUBLIC),
    "verify_issuer": Route(Audience.PUBLIC),
    "verify_revoked": Route(Audience.PUBLIC),
    "catalogue_signature": Route(Audience.PUBLIC),
    "verdict_sign": Route(Audience.COORDINATOR, shows="verdict"),
    "verdict_withdraw": Route(Audience.COORDINATOR, shows="verdict"),
    "verdict_inherit": Route(Audience.COORDINATOR, shows="verdict"),
    "panel_doctor": Route(Audience.COORDINATOR),
    "round_doctor": Route(Audience.COORDINATOR, shows="review round"),
    "policy_list": _MEMBER,
    "policy_new": _MEMBER,
    "policy_preview": _MEMBER,
    "policy_detail": Route(Audience.MEMBER, shows="validation policy"),
    # changes
    "change_list": _MEMBER,
    "change_new": _MEMBER,
    "change_raise": Route(Audience.MEMBER, post_only=True),
    "change_csv": _MEMBER,
    "change_xlsx": _MEMBER,
    "change_docx": _MEMBER,
    "change_detail": Route(Audience.MEMBER, shows="change request"),
    # allauth: signed out
    "account_login": _PUBLIC,
    "account_logout": _PUBLIC,
    "account_signup": Route(Audience.CLOSED),  # accounts come by invitation
    "account_inactive": _PUBLIC,
    "account_reset_password": _PUBLIC,
    "account_reset_password_done": _PUBLIC,
    "account_reset_password_from_key": _PUBLIC,
    "account_reset_password_from_key_done": _PUBLIC,
    "account_request_login_code": _PUBLIC,
    "account_confirm_login_code": _PUBLIC,
    "account_confirm_email": _PUBLIC,
    "account_email_verification_sent": _PUBLIC,
    "mfa_authenticate": _PUBLIC,
    # allauth: signed in
    "account_email": Route(Audience.CLOSED),  # the address belongs to the person's card
    "account_change_password": _MEMBER,
    "account_set_password": _MEMBER,
    "account_reauthenticate": _MEMBER,
    "mfa_index": _MEMBER,
    "mfa_reauthenticate": _MEMBER,
    "mfa_activate_totp": _MEMBER,
    "mfa_deactivate_totp": _MEMBER,
    "mfa_view_recovery_codes": _MEMBER,
    "mfa_generate_recovery_codes": _MEMBER,
    "mfa_download_recovery_codes": _MEMBER,
}
_ADMIN = Route(Audience.OPERATOR)


def find(view_name: str) -> Route | None:
    """The register's line for a view name; Django's admin is one block for the operator."""
    return _ADMIN if view_name.startswith("admin:") else REGISTER.get(view_name)


class RouteGuardMiddleware:
    """Opens a route for its audience and closes it for everybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, *_args: Any) -> HttpResponse | None:
        match = request.resolver_match
        route = find(match.view_name) if match else None
        if route is None:
            raise Http404
        refused = _admit(request, route.audience)
        if refused is None and request.user.is_authenticated:
            # Every clock a template shows is the reader's own.
            timezone.activate(request.user.person.zone)
        return refused


def _admit(request: HttpRequest, audience: Audience) -> HttpResponse | None:
    if audience in {Audience.PUBLIC, Audience.GUEST}:
        return None
    if audience is Audience.DEMO:
        if settings.DEMO:
            return None
        raise Http404
    if audience is Audience.CLOSED:
        raise Http404
    if not request.user.is_authenticated:
        device.end_switched_off(request)
        return redirect_to_login(request.get_full_path())
    access = request.user.access
    allowed = {
        Audience.MEMBER: access.is_member,
        Audience.COORDINATOR: access.plans_sessions,
        Audience.OPERATOR: access.is_admin,
        Audience.PEOPLE_MANAGER: access.manages_people,
    }
    if not allowed[audience]:
        raise PermissionDenied(_("Your role does not open this page."))
    return None


class PageLanguageMiddleware:
    """The reader's language on pages that exist in it, English on the others.

    A page half in one language and half in another, in the wrong direction, helps nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Error pages are translated, so the reader's language holds until a route says otherwise.
        translation.activate(_wanted(request))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response

    def process_view(self, request: HttpRequest, *_args: Any) -> None:
        match = request.resolver_match
        route = find(match.view_name) if match else None
        if route is not None and not route.translated:
            translation.activate(settings.LANGUAGE_CODE)


def _wanted(request: HttpRequest) -> str:
    # A guest's page carries its language in the address: it works without any cookie.
    chosen = request.GET.get("lang") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    try:
        return get_supported_language_variant(chosen)
    except LookupError:
        return translation.get_language_from_request(request)
