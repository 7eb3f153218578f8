from django.urls import path

from feedback.validation.views import credentials, endorsements, outcome, verdicts, verify

urlpatterns = [
    path("reviews/rounds/<int:pk>/outcome/", outcome.round_outcome, name="round_outcome"),
    path("reviews/rounds/<int:pk>/verdict/", verdicts.round_verdict, name="round_verdict"),
    path("verdicts/", verdicts.verdict_list, name="verdict_list"),
    path("verdicts/<int:pk>/", verdicts.verdict_detail, name="verdict_detail"),
    path(
        "verdicts/<int:pk>/credential/", credentials.verdict_credential, name="verdict_credential"
    ),
    path("versions/<int:pk>/endorse/", endorsements.version_endorse, name="version_endorse"),
    path(
        "versions/<int:pk>/endorse/back/",
        endorsements.endorsement_take_back,
        name="endorsement_take_back",
    ),
    path("profile/credentials/", credentials.credential_list, name="credential_list"),
    path("profile/credentials/<uuid:key>.jwt", credentials.credential_file, name="credential_file"),
    path(
        "profile/credentials/<uuid:key>/back",
        credentials.credential_take_back,
        name="credential_take_back",
    ),
    # verification: for everybody
    path("verify/", verify.verify, name="verify"),
    path("verify/key.pub", verify.verify_key, name="verify_key"),
    path("verify/jwks.json", verify.verify_jwks, name="verify_jwks"),
    path("verify/issuer.json", verify.verify_issuer, name="verify_issuer"),
    path("verify/revoked.json", verify.verify_revoked, name="verify_revoked"),
    path("verify/<uuid:key>/", verify.verify_verdict, name="verify_verdict"),
    path("verify/<uuid:key>/badge.svg", verify.verify_badge_svg, name="verify_badge_svg"),
    path("verify/<uuid:key>/badge.png", verify.verify_badge_png, name="verify_badge_png"),
    path(
        "verify/<uuid:key>/credential.jwt",
        verify.verify_material_credential,
        name="verify_material_credential",
    ),
    path("verify/credentials/<uuid:key>/", verify.verify_credential, name="verify_credential"),
    path("verdicts/<int:pk>/sign/", verdicts.verdict_sign, name="verdict_sign"),
    path("verdicts/<int:pk>/withdraw/", verdicts.verdict_withdraw, name="verdict_withdraw"),
    path("verdicts/<int:pk>/inherit/", verdicts.verdict_inherit, name="verdict_inherit"),
]
