from django.urls import path

from desmigratif.desk.views import home, papers, reviews

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("perlu-diputuskan/", reviews.reviews, name="reviews"),
    path("perlu-diputuskan/<uuid:receipt_id>/", reviews.review, name="review"),
    path("serah-terima/", papers.hand_over_page, name="hand_over"),
    path("minggu-pertama/", papers.first_week, name="first_week"),
    path("jejak/<uuid:resident_id>/", papers.traces, name="traces"),
    path("komponen/", home.components, name="components"),
    path("favicon.ico", home.favicon, name="favicon"),
    path("sehat", home.health, name="health"),
    path(".well-known/security.txt", home.security_txt, name="security_txt"),
]
