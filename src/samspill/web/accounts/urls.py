"""Addresses of accounts."""

from django.urls import path

from samspill.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.me, name="me"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:user>/activity/", views.activity, name="activity"),
]
