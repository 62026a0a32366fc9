"""Addresses of a municipality's mirror."""

from django.urls import path

from samspill.web.mirror.views import (
    advice,
    figures,
    network,
    overview,
    pulse,
    questionnaire,
    today,
    treatment,
)

app_name = "mirror"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("fields/<slug:field>/", overview.field, name="field"),
    path("fields/<slug:field>/<slug:typology>/", overview.placement, name="placement"),
    path("questionnaire/", questionnaire.questionnaire, name="questionnaire"),
    path("questionnaire/accept/", questionnaire.accept, name="accept"),
    path("questionnaire/prefill/", questionnaire.prefill, name="prefill"),
    path("questionnaire/answers.zip", questionnaire.export, name="export"),
    path("questionnaire/counts.csv", questionnaire.counts, name="counts"),
    path("questionnaire/<slug:variable>/", questionnaire.answer, name="answer"),
    path("questionnaire/<slug:variable>/<slug:field>/", questionnaire.answer, name="answer"),
    path("equal-treatment/", treatment.treatment, name="treatment"),
    path("network/", network.network, name="network"),
    path("both-sides/", pulse.pulse, name="pulse"),
    path("both-sides/new/", pulse.new, name="new_round"),
    path("advice/", advice.advice, name="advice"),
    path("today/", today.panels, name="today"),
    path("figures/<slug:name>.svg", figures.figure, name="figure"),
]
