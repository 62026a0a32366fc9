"""Addresses by which material comes in and goes out."""

from django.urls import path

from samspill.web.interviews.views import adding, answers, exchange, pseudonyms

of_intake = [
    path("sources/add/", adding.add, name="add_texts"),
    path("sources/add/files/", adding.receive, name="receive_texts"),
    path("sources/add/known/", adding.for_all, name="known_of_texts"),
    path("sources/add/confirm/", adding.confirm, name="confirm_texts"),
    path("sources/add/leave/", adding.leave_all, name="leave_texts"),
    path("sources/add/<int:waiting>/", adding.one, name="waiting_text"),
    path("sources/add/<int:waiting>/leave/", adding.leave, name="leave_text"),
    path("sources/answers/", answers.answers, name="open_answers"),
    path(
        "sources/answers/<slug:collection>/<slug:variable>/",
        answers.question,
        name="answers_to",
    ),
    path(
        "sources/answers/<slug:collection>/<slug:variable>/take-in/",
        answers.take_in,
        name="take_in_answers",
    ),
    path("pseudonyms/", pseudonyms.names, name="pseudonyms"),
    path("pseudonyms/add/", pseudonyms.add, name="add_name"),
    path("pseudonyms/suggested/", pseudonyms.suggested, name="suggested_names"),
    path("pseudonyms/propose/", pseudonyms.propose, name="propose_pseudonyms"),
    path("pseudonyms/file/", pseudonyms.from_file, name="names_from_file"),
    path("pseudonyms/preview/", pseudonyms.preview, name="preview_pseudonyms"),
    path("pseudonyms/do/", pseudonyms.do, name="pseudonymise"),
    path("pseudonyms/left/", pseudonyms.left, name="names_left"),
    path("pseudonyms/restore/", pseudonyms.restore, name="restore_names"),
    path("pseudonyms/key/", pseudonyms.key, name="key"),
    path("pseudonyms/<uuid:guid>/", pseudonyms.name, name="name"),
    path("pseudonyms/<uuid:guid>/remove/", pseudonyms.remove, name="remove_name"),
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/out/<slug:form>/", exchange.give_out, name="export"),
    path("exchange/in/", exchange.receive, name="receive_project"),
    path("exchange/in/<int:waiting>/", exchange.look, name="waiting_project"),
    path("exchange/in/<int:waiting>/policy/", exchange.choose, name="choose_policy"),
    path("exchange/in/<int:waiting>/take-in/", exchange.take_in, name="take_in_project"),
    path("exchange/in/<int:waiting>/leave/", exchange.leave, name="leave_project"),
]
