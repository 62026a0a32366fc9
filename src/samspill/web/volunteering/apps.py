from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "samspill.web.volunteering"
    label = "volunteering"
