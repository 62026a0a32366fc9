"""Addresses of what has to do with volunteers in a municipality."""

from django.urls import path

from samspill.web.volunteering.views import crisis, gatherings, needs, public, queue

app_name = "volunteering"
urlpatterns = [
    path("help/", public.offer, name="offer"),
    path("help/needs/", public.needs, name="public_needs"),
    path("help/status/", public.status, name="status"),
    path("volunteers/", queue.queue, name="queue"),
    path("volunteers/follow-up/", queue.follow_up, name="follow_up"),
    path("volunteers/offers/<slug:offer>/", queue.offer, name="one"),
    path("volunteers/offers/<slug:offer>/refer/", queue.refer, name="refer"),
    path("volunteers/offers/<slug:offer>/decline/", queue.decline, name="decline"),
    path("volunteers/offers/<slug:offer>/erase/", queue.erase, name="erase"),
    path("volunteers/referrals/<slug:referral>/answer/", queue.answer, name="answer"),
    path("volunteers/referrals/<slug:referral>/remind/", queue.remind, name="remind"),
    path("volunteers/needs/", needs.needs, name="needs"),
    path("volunteers/needs/<slug:need>/close/", needs.close, name="close_need"),
    path("volunteers/crisis/", crisis.crisis, name="crisis"),
    path("volunteers/crisis/begin/", crisis.begin, name="begin_surge"),
    path("volunteers/crisis/end/", crisis.end, name="end_surge"),
    path("volunteers/crisis/<slug:organisation>/hand-over/", crisis.hand_over, name="hand_over"),
    path("volunteers/crisis/<slug:organisation>/list/", crisis.hand_over_list, name="list"),
    path(
        "volunteers/crisis/<slug:organisation>/list.<str:form>",
        crisis.hand_over_file,
        name="list_file",
    ),
    path("volunteers/matches/", gatherings.matches, name="matches"),
    path("volunteers/matches/<slug:match>/", gatherings.follow_up_own, name="follow_up_own_match"),
    path("gatherings/", gatherings.gatherings, name="gatherings"),
    path("gatherings/<slug:gathering>/", gatherings.gathering, name="gathering"),
    path("gatherings/<slug:gathering>/match/", gatherings.match, name="match"),
    path(
        "gatherings/<slug:gathering>/matches/<slug:match>/",
        gatherings.follow_up,
        name="follow_up_match",
    ),
]
