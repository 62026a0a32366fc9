from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "samspill.web.interviews"
    label = "interviews"
