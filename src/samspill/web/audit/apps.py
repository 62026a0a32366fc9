from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samspill.web.audit"
    label = "audit"
