from django.apps import AppConfig


class MirrorConfig(AppConfig):
    name = "samspill.web.mirror"
    label = "mirror"
