"""The WSGI application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.web.settings")
application = get_wsgi_application()

from samspill.web.serving.warming import open_editions_beside, warm_imports  # noqa: E402

warm_imports()
open_editions_beside()
