"""Addresses of entry: those of a questionnaire, in a study, with the way the answers came."""

from django.urls import path

from samspill.web.answering.entry import views

app_name = "entry"
urlpatterns = [
    path("", views.start, name="start"),
    path("page/<str:step>/", views.step, name="step"),
    path("page/<str:step>/compare/", views.compare, name="compare"),
    path("overview/", views.overview, name="overview"),
    path("review/", views.review, name="review"),
    path("receipt/", views.receipt, name="receipt"),
    path("receipt.pdf", views.pdf, name="pdf"),
    path("decline/", views.decline, name="decline"),
]
