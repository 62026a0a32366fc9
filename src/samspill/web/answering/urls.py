"""Addresses of respondents: the token in the link is the key."""

from django.urls import path

from samspill.web.answering import views

app_name = "answering"
urlpatterns = [path("to-answer/", views.mine, name="mine")]
