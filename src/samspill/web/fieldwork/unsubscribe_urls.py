"""The address by which respondents get no more e-mail; the signed part is the key."""

from django.urls import path

from samspill.web.fieldwork.views.messages import no_more_email

urlpatterns = [path("<str:signed>/", no_more_email, name="unsubscribe")]
