from django.urls import path

from experts import mail_views, views

urlpatterns = [
    path("countries/", views.country_list, name="country_list"),
    path("countries/<str:code>/", views.country_detail, name="country_detail"),
    path("people/", views.person_list, name="person_list"),
    path("people/invite/", views.person_invite, name="person_invite"),
    path("people/import/", views.person_import, name="person_import"),
    path("people/<int:pk>/", views.person_detail, name="person_detail"),
    path("people/<int:pk>/account/", views.person_account, name="person_account"),
    path(
        "account-invitations/<int:pk>/withdraw/",
        views.invitation_revoke,
        name="invitation_revoke",
    ),
    path("join/<str:token>/", views.invitation_accept, name="invitation_accept"),
    path("profile/", views.profile, name="profile"),
    path("outbox/", views.message_list, name="message_list"),
    path("outbox/pause/", views.sending_pause, name="sending_pause"),
    path("outbox/resume/", views.sending_resume, name="sending_resume"),
    path("outbox/texts/", mail_views.mail_text_list, name="mail_text_list"),
    path(
        "outbox/texts/<slug:kind>/<slug:language>/",
        mail_views.mail_text_edit,
        name="mail_text_edit",
    ),
    path(
        "outbox/texts/<slug:kind>/<slug:language>/preview/",
        mail_views.mail_text_preview,
        name="mail_text_preview",
    ),
    path(
        "outbox/texts/<slug:kind>/<slug:language>/use/",
        mail_views.mail_text_use,
        name="mail_text_use",
    ),
]
