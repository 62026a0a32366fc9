from django.apps import AppConfig
from django.db.models.signals import post_save


class MirrorConfig(AppConfig):
    name = "samspill.web.mirror"
    label = "mirror"

    def ready(self) -> None:
        from samspill.web.audit.models import Event
        from samspill.web.fieldwork.models import Response
        from samspill.web.mirror.hearing import answer_given, register_changed

        post_save.connect(register_changed, sender=Event, dispatch_uid="mirror.register_changed")
        post_save.connect(answer_given, sender=Response, dispatch_uid="mirror.answer_given")
