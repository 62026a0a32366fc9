"""Addresses of the comparison of a study's sources."""

from django.urls import path

from samspill.web.triangulation.views import comparison, downloads, overview, writing

app_name = "sources"
urlpatterns = [
    path("", overview.show, name="overview"),
    path("display.<slug:form>", downloads.display, name="display"),
    path("memo.csv", downloads.memo, name="memo"),
    path("register/", writing.register, name="register"),
    path("register/remove/", writing.remove_register, name="remove_register"),
    path("share/", writing.sharing, name="share"),
    path("reasons/<uuid:reason>/remove/", writing.remove_reason, name="remove_reason"),
    path("statements/<uuid:statement>/remove/", writing.remove_statement, name="remove_statement"),
    path("<slug:theme>/<slug:field>/", comparison.show, name="comparison"),
    path("<slug:theme>/<slug:field>/reason/", writing.reason, name="reason"),
    path("<slug:theme>/<slug:field>/evidence/", writing.evidence, name="evidence"),
    path("<slug:theme>/<slug:field>/statement/", writing.statement, name="statement"),
    path("<slug:theme>/<slug:field>/decide/", writing.decision, name="decide"),
]
