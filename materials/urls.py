from django.urls import path

from materials.views import catalogue, results, tags, works

urlpatterns = [
    path("materials/", works.material_list, name="material_list"),
    path("materials/new/", works.material_new, name="material_new"),
    path("materials/<int:pk>/", works.material_detail, name="material_detail"),
    path("materials/<int:pk>/versions/new/", works.version_new, name="version_new"),
    path("materials/<int:pk>/release/<int:number>", works.version_release, name="version_release"),
    path("versions/<int:pk>/", works.version_detail, name="version_detail"),
    path("versions/<int:pk>/file", works.version_file, name="version_file"),
    path("materials/results.zip", results.results_download, name="results_download"),
    path("materials/coverage/", tags.material_coverage, name="material_coverage"),
    path("materials/<int:pk>/tags/", tags.material_tags, name="material_tags"),
    # catalogue
    path("catalogue/", catalogue.catalogue_list, name="catalogue"),
    path("catalogue/feed.xml", catalogue.catalogue_feed, name="catalogue_feed"),
    path("catalogue/<str:code>/", catalogue.catalogue_entry, name="catalogue_entry"),
    path("catalogue/<str:code>/card/", catalogue.catalogue_card, name="catalogue_card"),
    path(
        "catalogue/<str:code>/v<int:number>/file", catalogue.catalogue_file, name="catalogue_file"
    ),
    path(
        "catalogue/<str:code>/v<int:number>/used", catalogue.catalogue_used, name="catalogue_used"
    ),
]
