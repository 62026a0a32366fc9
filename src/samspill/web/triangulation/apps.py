from django.apps import AppConfig


class TriangulationConfig(AppConfig):
    name = "samspill.web.triangulation"
    label = "triangulation"
