"""Addresses of the interviews workspace."""

from django.urls import path

from samspill.web.interviews.views import about, adding, answers, codes, history, memos, overview

app_name = "interviews"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("sources/<uuid:guid>/about/", about.about, name="about"),
    path("sources/<uuid:guid>/remove/", about.remove, name="remove_source"),
    path("codes/", codes.codes, name="codes"),
    path("codes/new/", codes.new, name="new_code"),
    path("codes/shipped/", codes.ship, name="ship_codes"),
    path("codes/<uuid:guid>/", codes.code, name="code"),
    path("codes/<uuid:guid>/move/", codes.move, name="move_code"),
    path("codes/<uuid:guid>/merge/", codes.merge, name="merge_code"),
    path("codes/<uuid:guid>/split/", codes.split, name="split_code"),
    path("codes/<uuid:guid>/remove/", codes.remove, name="remove_code"),
    path("memos/", memos.memos, name="memos"),
    path("memos/<uuid:guid>/", memos.memo, name="memo"),
    path("memos/<uuid:guid>/remove/", memos.remove, name="remove_memo"),
    path("history/", history.history, name="history"),
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
]
