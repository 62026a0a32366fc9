"""The addresses of the application, each workspace with its own."""

from django.urls import include, path
from django.views.i18n import set_language

from samspill.web.front import front
from samspill.web.organisation.views.own import calendar
from samspill.web.pages import views

urlpatterns = [
    path("", include("samspill.web.answering.urls")),
    path("", front, name="front"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("account/", include("samspill.web.accounts.urls")),
    path("account/tokens/", include("samspill.web.api.token_urls")),
    path("results/<slug:study>/sources/", include("samspill.web.triangulation.reader_urls")),
    path("results/", include("samspill.web.results.urls")),
    path("studies/", include("samspill.web.studies.urls")),
    path("studies/<slug:study>/instruments/", include("samspill.web.instruments.urls")),
    path("studies/<slug:study>/fieldwork/", include("samspill.web.fieldwork.urls")),
    path(
        "studies/<slug:study>/fieldwork/<slug:collection>/enter/<int:respondent>/<str:mode>/",
        include("samspill.web.answering.entry.urls"),
    ),
    path("studies/<slug:study>/design/", include("samspill.web.design.urls")),
    path("studies/<slug:study>/interviews/", include("samspill.web.interviews.urls")),
    path("studies/<slug:study>/sources/", include("samspill.web.triangulation.urls")),
    path("municipalities/<slug:municipality>/mirror/", include("samspill.web.mirror.urls")),
    path("municipalities/<slug:municipality>/plan/", include("samspill.web.planning.urls")),
    path(
        "municipalities/<slug:municipality>/open/", include("samspill.web.organisation.desk_urls")
    ),
    path("municipalities/", include("samspill.web.municipality.urls")),
    path("municipalities/<slug:municipality>/", include("samspill.web.volunteering.urls")),
    path("organisations/link/", include("samspill.web.organisation.link_urls")),
    path(
        "organisations/<slug:municipality>/<slug:organisation>/",
        include("samspill.web.organisation.urls"),
    ),
    path("calendars/<str:signed>.ics", calendar, name="calendar"),
    path("h/", include("samspill.web.volunteering.link_urls")),
    path("u/", include("samspill.web.fieldwork.unsubscribe_urls")),
    path("jobs/", include("samspill.web.jobs.urls")),
    path("api/", include("samspill.web.api.urls")),
    path("demonstration/", include("samspill.web.demonstration.urls")),
    path("", include("samspill.web.serving.urls")),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
