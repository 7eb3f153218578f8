from django.urls import path

from materials.views import (
    catalogue,
    compare,
    completing,
    editions,
    errata,
    glossary,
    incoming,
    preflight,
    reading,
    renditions,
    results,
    tags,
    tracks,
    works,
)

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
    path("materials/<int:pk>/editions/", editions.matrix_edit, name="matrix_edit"),
    path("materials/<int:pk>/errata/<int:number>", errata.erratum_decide, name="erratum_decide"),
    path("versions/<int:pk>/beside/<int:other>/", editions.version_beside, name="version_beside"),
    path("versions/<int:pk>/preflight/", preflight.preflight_detail, name="preflight_detail"),
    path("versions/<int:pk>/preflight/again", preflight.preflight_again, name="preflight_again"),
    path("versions/<int:pk>/words/", glossary.version_words, name="version_words"),
    path("glossary/", glossary.glossary_list, name="glossary_list"),
    path("glossary/words.csv", glossary.glossary_csv, name="glossary_csv"),
    path("glossary/new/", glossary.term_new, name="term_new"),
    path("glossary/<int:pk>/edit/", glossary.term_edit, name="term_edit"),
    path("glossary/<int:pk>/delete", glossary.term_delete, name="term_delete"),
    path("versions/<int:pk>/", reading.version_detail, name="version_detail"),
    path("versions/<int:pk>/file", reading.version_file, name="version_file"),
    path("versions/<int:pk>/text", reading.version_text, name="version_text"),
    path("versions/<int:pk>/pdf", renditions.version_pdf, name="version_pdf"),
    path("versions/<int:pk>/thumbnail", renditions.version_thumbnail, name="version_thumbnail"),
    path("versions/<int:pk>/drawing", renditions.version_drawing, name="version_drawing"),
    path(
        "versions/<int:pk>/drawing/again", renditions.version_draw_again, name="version_draw_again"
    ),
    path("versions/<int:pk>/drawing/stop", renditions.version_draw_stop, name="version_draw_stop"),
    path("pages/<int:pk>.webp", renditions.page_image, name="page_image"),
    path("versions/<int:pk>/tracks/", tracks.version_tracks, name="version_tracks"),
    path("tracks/<int:pk>.vtt", tracks.text_track, name="text_track"),
    path("materials/<int:pk>/compare/", compare.material_compare, name="material_compare"),
    path("materials/results.zip", results.results_download, name="results_download"),
    path("materials/coverage/", tags.material_coverage, name="material_coverage"),
    path("materials/<int:pk>/tags/", tags.material_tags, name="material_tags"),
    # catalogue
    path("catalogue/", catalogue.catalogue_list, name="catalogue"),
    path("catalogue/feed.xml", catalogue.catalogue_feed, name="catalogue_feed"),
    path("catalogue/<str:code>/", catalogue.catalogue_entry, name="catalogue_entry"),
    path("catalogue/<str:code>/card/", catalogue.catalogue_card, name="catalogue_card"),
    path("catalogue/<str:code>/changes/", catalogue.catalogue_changes, name="catalogue_changes"),
    path(
        "catalogue/<str:code>/v<int:number>/file", catalogue.catalogue_file, name="catalogue_file"
    ),
    path(
        "catalogue/<str:code>/v<int:number>/file.sig",
        catalogue.catalogue_signature,
        name="catalogue_signature",
    ),
    path(
        "catalogue/<str:code>/v<int:number>/used", catalogue.catalogue_used, name="catalogue_used"
    ),
    path(
        "catalogue/<str:code>/v<int:number>/where",
        catalogue.catalogue_used_where,
        name="catalogue_used_where",
    ),
]
