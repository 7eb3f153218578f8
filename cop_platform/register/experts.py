"""Countries, people, messages."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Audience, Route

ROUTES: dict[str, Route] = {
    "country_list": MEMBER,
    "country_detail": Route(Audience.MEMBER, shows="country"),
    "person_list": MEMBER,
    "person_invite": Route(Audience.PEOPLE_MANAGER),
    "person_import": Route(Audience.COORDINATOR),
    "import_run": Route(Audience.COORDINATOR, shows="import run"),
    "import_run_cancel": Route(Audience.COORDINATOR, shows="import run", post_only=True),
    "person_detail": Route(Audience.MEMBER, shows="person"),
    "person_account": Route(Audience.MEMBER, shows="person", post_only=True),
    "invitation_revoke": Route(Audience.PEOPLE_MANAGER, shows="account invitation", post_only=True),
    "invitation_accept": Route(Audience.GUEST, shows="account invitation", translated=True),
    "profile": MEMBER,
    "mail_choices": MEMBER,
    "guest_mails": Route(Audience.GUEST, shows="person's mails", translated=True),
    "unsubscribe": Route(Audience.GUEST, shows="person's mails", translated=True),
    "notice_list": MEMBER,
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
    "privacy_register": MEMBER,
    "privacy_register_csv": MEMBER,
    "operations": Route(Audience.PEOPLE_MANAGER),
    "sending_pause": Route(Audience.PEOPLE_MANAGER, post_only=True),
    "sending_resume": Route(Audience.PEOPLE_MANAGER, post_only=True),
    "mail_text_list": Route(Audience.PEOPLE_MANAGER),
    "mail_text_edit": Route(Audience.PEOPLE_MANAGER, shows="mail text"),
    "mail_text_preview": Route(Audience.PEOPLE_MANAGER, shows="mail text"),
    "mail_text_use": Route(Audience.PEOPLE_MANAGER, shows="mail text", post_only=True),
}
