from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "samspill.web.pages"
    label = "pages"
