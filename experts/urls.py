from django.urls import path

from experts.views import (
    countries,
    importing,
    invitations,
    mail_texts,
    notices,
    outbox,
    people,
    preferences,
    profile,
)

urlpatterns = [
    path("countries/", countries.country_list, name="country_list"),
    path("countries/<str:code>/", countries.country_detail, name="country_detail"),
    path("people/", people.person_list, name="person_list"),
    path("people/invite/", invitations.person_invite, name="person_invite"),
    path("people/import/", importing.person_import, name="person_import"),
    path("people/import/<int:pk>/", importing.import_run, name="import_run"),
    path("people/import/<int:pk>/stop/", importing.import_run_cancel, name="import_run_cancel"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/<int:pk>/account/", people.person_account, name="person_account"),
    path(
        "account-invitations/<int:pk>/withdraw/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("join/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("profile/", profile.profile, name="profile"),
    path("profile/mails/", preferences.mail_choices, name="mail_choices"),
    path("g/<str:token>/mails/", preferences.guest_mails, name="guest_mails"),
    path("g/<str:token>/mails/<slug:topic>/", preferences.unsubscribe, name="unsubscribe"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("outbox/", outbox.message_list, name="message_list"),
    path("outbox/pause/", outbox.sending_pause, name="sending_pause"),
    path("outbox/resume/", outbox.sending_resume, name="sending_resume"),
    path("outbox/texts/", mail_texts.mail_text_list, name="mail_text_list"),
    path(
        "outbox/texts/<slug:kind>/<slug:language>/",
        mail_texts.mail_text_edit,
        name="mail_text_edit",
    ),
    path(
        "outbox/texts/<slug:kind>/<slug:language>/preview/",
        mail_texts.mail_text_preview,
        name="mail_text_preview",
    ),
    path(
        "outbox/texts/<slug:kind>/<slug:language>/use/",
        mail_texts.mail_text_use,
        name="mail_text_use",
    ),
]
