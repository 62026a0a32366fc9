"""Addresses that are keys: of a person's own offer, and of what a receiver is asked."""

from django.urls import path

from samspill.web.volunteering.views import asked, own

app_name = "volunteers"
urlpatterns = [
    path("asked/<str:token>/", asked.asked, name="asked"),
    path("<str:token>/", own.own, name="own"),
    path("<str:token>/change/", own.change, name="change"),
    path("<str:token>/prolong/", own.prolong, name="prolong"),
    path("<str:token>/withdraw/", own.withdraw, name="withdraw"),
    path("<str:token>/take-out.<str:form>", own.take_out, name="take_out"),
]
