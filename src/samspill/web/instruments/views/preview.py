"""A version as respondents will see it, page by page in each language; nothing is stored."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.safestring import SafeString

from samspill.instrument import Page, Step, steps
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.outline import tongue
from samspill.web.instruments.rendering import Sheet, questions_html, sheet
from samspill.web.instruments.rule_words import RuleWords
from samspill.web.instruments.views.finding import version_of


@requires(Permission.READ_STUDY)
def first(
    request: StudyRequest, study: str, instrument: str, number: int, language: str
) -> HttpResponse:
    """To the first page of the preview."""
    shown = steps(definition(version_of(request, instrument, number)))
    return redirect(
        "instruments:preview_step", study, instrument, number, language, shown[0].identifier
    )


@requires(Permission.READ_STUDY)
def preview(
    request: StudyRequest, study: str, instrument: str, number: int, language: str, step: str
) -> HttpResponse:
    """One page with all its questions, also those that answers would open or close."""
    version = version_of(request, instrument, number)
    content = definition(version)
    all_steps = steps(content)
    place = next((n for n, each in enumerate(all_steps) if each.identifier == step), None)
    if place is None or language not in content.languages:
        raise Http404
    current = all_steps[place]
    shown = sheet(content, version.digest, language)
    page_language = request.LANGUAGE_CODE
    words = RuleWords(
        content, page_language if page_language in content.languages else language, page_language
    )
    context = {
        "chosen": version,
        "language": tongue(language),
        "tongues": [tongue(code) for code in content.languages],
        "title": shown.title(current),
        "step": current,
        "questions": _questions(shown, current),
        "page_rule": words.of_page(current.page),
        "rules": _rules(words, current.page),
        "number": place + 1,
        "steps": [(each.identifier, shown.title(each)) for each in all_steps],
        "previous": all_steps[place - 1].identifier if place else "",
        "next": all_steps[place + 1].identifier if place + 1 < len(all_steps) else "",
    }
    return render(request, "instruments/preview.html", context)


def _questions(shown: Sheet, step: Step) -> SafeString:
    """The questions, with what Samspill itself says in their language too."""
    known = shown.language in dict(settings.LANGUAGES)
    with translation.override(shown.language if known else translation.get_language()):
        return questions_html(shown, step.asked, {})


def _rules(words: RuleWords, page: Page) -> list[tuple[str, str]]:
    """The rules of the questions, those with the same rules together."""
    found: dict[str, list[str]] = {}
    for question in page.questions:
        if said := " ".join(words.of_question(question)):
            found.setdefault(said, []).append(words.name(question.variable))
    return [(", ".join(names), said) for said, names in found.items()]
