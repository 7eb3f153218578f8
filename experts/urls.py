from django.urls import path

from experts.views import countries, importing, invitations, operations, outbox, people, profile

urlpatterns = [
    path("countries/", countries.country_list, name="country_list"),
    path("countries/<str:code>/", countries.country_detail, name="country_detail"),
    path("people/", people.person_list, name="person_list"),
    path("people/invite/", invitations.person_invite, name="person_invite"),
    path("people/import/", importing.person_import, name="person_import"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/<int:pk>/account/", people.person_account, name="person_account"),
    path(
        "account-invitations/<int:pk>/withdraw/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("join/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("profile/", profile.profile, name="profile"),
    path("outbox/", outbox.message_list, name="message_list"),
    path("outbox/chosen/", outbox.message_chosen, name="message_chosen"),
    path("outbox/<int:pk>/", outbox.message_detail, name="message_detail"),
    path("outbox/<int:pk>/send-now/", outbox.message_send_now, name="message_send_now"),
    path("outbox/<int:pk>/cancel/", outbox.message_cancel, name="message_cancel"),
    path("outbox/<int:pk>/plan-again/", outbox.message_plan_again, name="message_plan_again"),
    path("outbox/<int:pk>/send-again/", outbox.message_resend, name="message_resend"),
    path("outbox/addresses/<int:pk>/trust/", outbox.address_trust, name="address_trust"),
    path("operations/", operations.operations_page, name="operations"),
    path("outbox/pause/", outbox.sending_pause, name="sending_pause"),
    path("outbox/resume/", outbox.sending_resume, name="sending_resume"),
]
