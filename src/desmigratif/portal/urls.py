from django.urls import path

from desmigratif.portal import answers, caregivers, months, views, views_door, views_member

app_name = "portal"
urlpatterns = [
    path("publik/", views.home, name="home"),
    path("lapor/", views_door.report, name="report"),
    path("status/", views_door.status, name="status"),
    path("simpananku/", views_member.own_accounts_page, name="own_accounts"),
    path("v/", views.check_letter, name="check_letter"),
    path("v/kunci.json", views.keys, name="keys"),
    path("v/sw.js", views.service_worker, name="service_worker"),
    path("jawab/<str:token>/", answers.answer, name="answer"),
    path("bulan/<str:token>/", months.month, name="month"),
    path("pengasuh/<str:token>/", caregivers.caregiver, name="caregiver"),
    path("publik/lapor-kelemahan/", views.report_weakness, name="report_weakness"),
]
