"""All addresses of the product, with those of this app at their places."""

from django.urls import include, path

from desmigratif.config.urls import urlpatterns as _product

urlpatterns = [
    path("warga/", include("desmigratif.people.urls")),
    path("", include("desmigratif.people.urls_search")),
    *_product,
]
