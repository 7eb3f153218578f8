"""Today, health, the demo's mailbox, and the library's pages for logging in."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, PUBLIC, Audience, Route

ROUTES: dict[str, Route] = {
    "today": MEMBER,
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
    # allauth: signed out
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_signup": Route(Audience.CLOSED),  # accounts come by invitation
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_request_login_code": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_email_verification_sent": PUBLIC,
    "mfa_authenticate": PUBLIC,
    # allauth: signed in
    "account_email": Route(Audience.CLOSED),  # the address belongs to the person's card
    "account_change_password": MEMBER,
    "account_set_password": MEMBER,
    "account_reauthenticate": MEMBER,
    "mfa_index": MEMBER,
    "mfa_reauthenticate": MEMBER,
    "mfa_activate_totp": MEMBER,
    "mfa_deactivate_totp": MEMBER,
    "mfa_view_recovery_codes": MEMBER,
    "mfa_generate_recovery_codes": MEMBER,
    "mfa_download_recovery_codes": MEMBER,
}
