"""The API as one object: ``/api/v1/`` and its description, ``/api/v1/openapi.json``."""

from ninja import NinjaAPI

from samspill.web.api.endpoints import answers, fieldwork, instruments, results, units
from samspill.web.api.errors import answer_errors

api = NinjaAPI(
    title="Samspill",
    version="1",
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
    description=(
        "Published results are open. A study's own data take a token for that study, which its "
        "members make on their account's page, and the permissions are those of the pages."
    ),
)
answer_errors(api)
for part in (results, units, instruments, fieldwork, answers):
    api.add_router("", part.router)
