"""The pages of an organisation, which stand under its own address and under each personal link."""

from django.urls import URLPattern, URLResolver, path

from samspill.web.organisation.views import data, exchange, own

PAGES: list[URLPattern | URLResolver] = [
    path("", own.page, name="page"),
    path("agreed/", own.agreed, name="agreed"),
    path("needs/", exchange.needs, name="needs"),
    path("needs/new/", exchange.new_need, name="new_need"),
    path("needs/<slug:need>/answer/", exchange.answer_to_need, name="answer_need"),
    path("needs/<slug:need>/close/", exchange.close, name="close_need"),
    path("offers/new/", exchange.new_offer, name="new_offer"),
    path("offers/<slug:offer>/answer/", exchange.answer_to_offer, name="answer_offer"),
    path("offers/<slug:offer>/withdraw/", exchange.withdraw, name="withdraw_offer"),
    path("data/", data.data, name="data"),
    path("data/correct/", data.correct_own, name="correct"),
    path("data/confirm/", data.confirm_own, name="confirm"),
    path("data/propose/", data.propose_change, name="propose"),
    path("data/organisation.zip", data.take_out, name="take_out"),
    path("data/contacts/new/", data.new_contact, name="new_contact"),
    path("data/contacts/<slug:contact>/", data.contact, name="contact"),
    path("data/contacts/<slug:contact>/left/", data.contact_left, name="contact_left"),
    path("calendar/", own.follow, name="follow"),
    path("calendar/stop/", own.stop_following, name="stop_following"),
]
