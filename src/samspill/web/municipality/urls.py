"""Addresses of the municipality's desk."""

from django.urls import URLPattern, URLResolver, include, path

from samspill.web.municipality.views import desks, entry, listing, log, people, persons, today

app_name = "municipality"
of_a_table: list[URLPattern | URLResolver] = [
    path("", listing.listing, name="listing"),
    path("bulk/", listing.bulk, name="bulk"),
    path("new/", entry.add, name="add"),
    path("<slug:identifier>/", entry.entry, name="entry"),
    path("<slug:identifier>/edit/", entry.edit, name="edit"),
    path("<slug:identifier>/verify/", entry.verify, name="verify"),
    path("<slug:identifier>/remove/", entry.remove, name="remove"),
]
at_a_desk: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("register/removed/<int:event>/", entry.removed, name="removed"),
    path("register/<slug:table>/", include(of_a_table)),
    path("people/", people.people, name="people"),
    path("people/give/", people.give, name="give_position"),
    path("people/<int:position>/take/", people.take, name="take_position"),
    path("persons/", persons.persons, name="persons"),
    path("persons/take-out/", persons.take_out, name="take_out_person"),
    path("persons/erase/", persons.erase, name="erase_person"),
    path("persons/erased/<int:event>/", persons.erased, name="erased_person"),
    path("open/switch/", people.switch, name="switch_desk"),
    path("log/", log.log, name="log"),
    path("", include("samspill.web.municipality.exchange.urls")),
]
urlpatterns = [
    path("", desks.desks, name="desks"),
    path("new/", desks.new, name="new"),
    path("<slug:municipality>/", include(at_a_desk)),
]
