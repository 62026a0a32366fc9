"""What the API answers when something is wrong: one shape for every error."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.exceptions import ValidationError as InvalidFields
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from samspill.errors import InvalidInput, SamspillError


class Fault(Schema):
    """A fault of what was sent, with its place."""

    place: str
    message: str
    next_step: str = ""


class Error(Schema):
    """What is wrong, what to do about it, and each fault where there are several."""

    message: str
    next_step: str = ""
    faults: list[Fault] = []  # noqa: RUF012


FAULTS = {400: Error, 401: Error, 403: Error, 404: Error, 422: Error}
"""What any operation for members may answer instead."""


class InvalidContent(SamspillError):
    """What was sent has faults; nothing was changed."""

    def __init__(self, message: str, next_step: str, faults: Sequence[Fault]) -> None:
        super().__init__(message, next_step)
        self.faults = tuple(faults)


class Conflict(SamspillError):
    """What was sent rests on something that has been changed since; nothing was changed."""


def answer_errors(api: NinjaAPI) -> None:
    """Make every error of ``api`` an ``Error``."""

    def respond(request: HttpRequest, status: int, error: Error) -> HttpResponse:
        return api.create_response(request, error.model_dump(), status=status)

    @api.exception_handler(AuthenticationError)
    def unauthorised(request: HttpRequest, exception: Exception) -> HttpResponse:
        step = "Send 'Authorization: Bearer' and a token that has not expired."
        return respond(request, 401, Error(message="A token is needed here.", next_step=step))

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
        step = "Ask an owner of the study for another role."
        return respond(request, 403, Error(message="Your role lacks this.", next_step=step))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
        step = "Look at the address, and at which study the token is for."
        return respond(request, 404, Error(message="There is nothing here.", next_step=step))

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, exception: ValidationError) -> HttpResponse:
        faults = [
            Fault(place=".".join(str(part) for part in error["loc"]), message=error["msg"])
            for error in exception.errors
        ]
        message, step = "What was sent does not fit.", "Compare it with /api/v1/openapi.json."
        return respond(request, 422, Error(message=message, next_step=step, faults=faults))

    @api.exception_handler(InvalidFields)
    def unfit(request: HttpRequest, exception: InvalidFields) -> HttpResponse:
        told = exception.message_dict if hasattr(exception, "error_dict") else {}
        faults = [
            Fault(place=name, message=message) for name, many in told.items() for message in many
        ]
        message, step = "What was sent does not fit.", "Correct it, and send it again."
        return respond(request, 422, Error(message=message, next_step=step, faults=faults))

    @api.exception_handler(HttpError)
    @api.exception_handler(BadRequest)
    @api.exception_handler(SuspiciousOperation)
    @api.exception_handler(MultiPartParserError)
    def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
        message = "What was sent cannot be read."
        step = "Compare it with /api/v1/openapi.json, and send less at a time if it is large."
        return respond(request, 400, Error(message=message, next_step=step))

    @api.exception_handler(InvalidContent)
    def faulty(request: HttpRequest, exception: InvalidContent) -> HttpResponse:
        error = Error(
            message=exception.message,
            next_step=exception.next_step,
            faults=list(exception.faults),
        )
        return respond(request, 422, error)

    @api.exception_handler(Conflict)
    def overtaken(request: HttpRequest, exception: Conflict) -> HttpResponse:
        error = Error(message=exception.message, next_step=exception.next_step)
        return respond(request, 409, error)

    @api.exception_handler(InvalidInput)
    def invalid(request: HttpRequest, exception: InvalidInput) -> HttpResponse:
        faults = [
            Fault(
                place=":".join(str(p) for p in (x.file, x.row, x.column) if p is not None),
                message=x.message,
                next_step=x.next_step,
            )
            for x in exception.problems
        ]
        error = Error(message=exception.message, next_step=exception.next_step, faults=faults)
        return respond(request, 422, error)

    @api.exception_handler(SamspillError)
    def refused(request: HttpRequest, exception: SamspillError) -> HttpResponse:
        error = Error(message=exception.message, next_step=exception.next_step)
        return respond(request, 400, error)
