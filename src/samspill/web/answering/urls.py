"""Addresses of respondents: the token in the link is the key."""

from django.urls import include, path

from samspill.web.answering import views

app_name = "answering"
questionnaire = [
    path("", views.start, name="start"),
    path("page/<str:step>/", views.step, name="step"),
    path("page/<str:step>/compare/", views.compare, name="compare"),
    path("overview/", views.overview, name="overview"),
    path("review/", views.review, name="review"),
    path("receipt/", views.receipt, name="receipt"),
    path("receipt.pdf", views.pdf, name="pdf"),
    path("decline/", views.decline, name="decline"),
]
urlpatterns = [
    path("to-answer/", views.mine, name="mine"),
    path("a/<str:token>/", include(questionnaire)),
]
