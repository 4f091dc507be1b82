from django.urls import path

from desmigratif.portal import views

app_name = "portal"
urlpatterns = [
    path("v/", views.check_letter, name="check_letter"),
    path("v/kunci.json", views.keys, name="keys"),
    path("v/sw.js", views.service_worker, name="service_worker"),
    path("publik/lapor-kelemahan/", views.report_weakness, name="report_weakness"),
]
