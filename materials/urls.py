from django.urls import path

from materials.views import completing, editions, errata, glossary, incoming, preflight, works

urlpatterns = [
    path("materials/", works.material_list, name="material_list"),
    path("materials/new/", works.material_new, name="material_new"),
    path("materials/incoming/", incoming.incoming_list, name="incoming_list"),
    path("materials/incoming/<str:key>", incoming.incoming_file, name="incoming_file"),
    path(
        "materials/incoming/<str:key>/material",
        completing.incoming_material,
        name="incoming_material",
    ),
    path(
        "materials/incoming/<str:key>/version",
        completing.incoming_version,
        name="incoming_version",
    ),
    path("materials/incoming/<str:key>/check", completing.incoming_check, name="incoming_check"),
    path("materials/incoming/<str:key>/remove", completing.incoming_remove, name="incoming_remove"),
    path("materials/<int:pk>/", works.material_detail, name="material_detail"),
    path("materials/<int:pk>/versions/new/", works.version_new, name="version_new"),
    path("materials/<int:pk>/release/<int:number>", works.version_release, name="version_release"),
    path("versions/<int:pk>/", works.version_detail, name="version_detail"),
    path("versions/<int:pk>/file", works.version_file, name="version_file"),
    path("materials/<int:pk>/editions/", editions.matrix_edit, name="matrix_edit"),
    path("materials/<int:pk>/errata/<int:number>", errata.erratum_decide, name="erratum_decide"),
    path("versions/<int:pk>/beside/<int:other>/", editions.version_beside, name="version_beside"),
    path("versions/<int:pk>/preflight/", preflight.preflight_detail, name="preflight_detail"),
    path("versions/<int:pk>/preflight/again", preflight.preflight_again, name="preflight_again"),
    path("versions/<int:pk>/words/", glossary.version_words, name="version_words"),
    path("glossary/", glossary.glossary_list, name="glossary_list"),
    path("glossary/new/", glossary.term_new, name="term_new"),
    path("glossary/<int:pk>/edit/", glossary.term_edit, name="term_edit"),
    path("glossary/<int:pk>/delete", glossary.term_delete, name="term_delete"),
]
