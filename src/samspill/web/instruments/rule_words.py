"""The rules of an instrument in words that its reader understands without knowing XLSForm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.instrument import Instrument, Page, Question, format_expression
from samspill.instrument.expressions import (
    And,
    Answer,
    Arithmetic,
    Comparison,
    Count,
    CountSelected,
    Expression,
    Length,
    Negative,
    Not,
    Number,
    Or,
    Own,
    Selected,
    Text,
    Truth,
)
from samspill.language import format_number


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Says the rules of an instrument, with its own words in ``language`` where it has them."""

    instrument: Instrument
    language: str
    page_language: str
    questions: Mapping[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        questions = {question.variable: question for _page, question in self.instrument.questions()}
        object.__setattr__(self, "questions", questions)

    def of_page(self, page: Page) -> str:
        """When a page comes; empty where it always does."""
        if page.relevance is None:
            return ""
        return _("The page comes when %(rule)s.") % {"rule": self.say(page.relevance)}

    def of_question(self, question: Question) -> list[str]:
        """Each rule of a question as a sentence."""
        said = []
        if question.required:
            said.append(_("Must be answered."))
        if question.relevance is not None:
            rule = self.say(question.relevance)
            said.append(_("Asked when %(rule)s.") % {"rule": rule})
        if question.constraint is not None:
            rule = self.say(question.constraint, question)
            said.append(_("Accepted when %(rule)s.") % {"rule": rule})
        if question.implied:
            value = self.category(question, question.implied)
            said.append(
                _("Where other answers close it, the data say %(value)s.") % {"value": value}
            )
        return said

    def say(self, rule: Expression, own: Question | None = None) -> str:
        """A rule as a clause; ``own`` is the question that a constraint is about."""
        say: Callable[[RuleWords, Any, Question | None], str] = _SAID[type(rule)]
        return say(self, rule, own)

    def joined(self, rule: And | Or, own: Question | None) -> str:
        said = {"left": self.inside(rule.left, own), "right": self.inside(rule.right, own)}
        if isinstance(rule, And):
            return _("%(left)s and %(right)s") % said
        return _("%(left)s or %(right)s") % said

    def opposite(self, rule: Not, own: Question | None) -> str:
        return _("it does not hold that (%(rule)s)") % {"rule": self.say(rule.term, own)}

    def number(self, rule: Number, own: Question | None) -> str:
        places = 0 if rule.value == int(rule.value) else 2
        return format_number(rule.value, places, self.page_language)

    def selected(self, rule: Selected, own: Question | None) -> str:
        value = self.category(self.asked(rule.of, own), rule.value)
        said = {"answer": self.say(rule.of, own), "value": value}
        return _("%(value)s is chosen in %(answer)s") % said

    def chosen(self, rule: CountSelected, own: Question | None) -> str:
        return _("the number of answers chosen in %(answer)s") % {"answer": self.say(rule.of, own)}

    def counted(self, rule: Count, own: Question | None) -> str:
        said = {"answer": self.name(rule.variable)}
        if rule.value is None:
            return _("the number of fields where %(answer)s is answered") % said
        said["value"] = self.category(self.questions.get(rule.variable), rule.value)
        return _("the number of fields where %(answer)s is %(value)s") % said

    def length(self, rule: Length, own: Question | None) -> str:
        return _("the number of characters in %(answer)s") % {"answer": self.say(rule.of, own)}

    def comparison(self, rule: Comparison, own: Question | None) -> str:
        left, operator, right = rule.left, rule.operator, rule.right
        if isinstance(left, Text | Number) and not isinstance(right, Text | Number):
            left, operator, right = right, _MIRRORED[operator], left
        if right == Text("") and operator in _ANSWERED:
            return str(_ANSWERED[operator]) % {"left": self.say(left, own)}
        said = {"left": self.say(left, own), "right": self.say(right, own)}
        asked = self.asked(left, own)
        if isinstance(right, Text | Number) and asked is not None and asked.code_list is not None:
            value = right.value if isinstance(right, Text) else f"{right.value:g}"
            said["right"] = self.category(asked, value)
        return str(_COMPARED[operator]) % said

    def inside(self, rule: Expression, own: Question | None) -> str:
        said = self.say(rule, own)
        return f"({said})" if isinstance(rule, And | Or) else said

    def asked(self, of: Expression, own: Question | None) -> Question | None:
        if isinstance(of, Own):
            return own
        return self.questions.get(of.variable) if isinstance(of, Answer) else None

    def name(self, variable: str) -> str:
        question = self.questions.get(variable)
        if question is None:
            return self.quoted(variable)
        text = (question.label or question.text).get(self.language, variable)
        return self.quoted(self.placed(text))

    def placed(self, text: str) -> str:
        """A text with “the field” where the respondent reads the field's label."""
        return text.replace("{field}", _("the field"))

    def category(self, question: Question | None, value: str) -> str:
        for category in question.categories if question else ():
            if category.value == value:
                return self.quoted(category.label.get(self.language, value))
        return self.quoted(value)

    def quoted(self, text: str) -> str:
        return _("“%(text)s”") % {"text": text}


_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ANSWERED = {
    "=": gettext_lazy("%(left)s is not answered"),
    "!=": gettext_lazy("%(left)s is answered"),
}
_COMPARED = {
    "=": gettext_lazy("%(left)s is %(right)s"),
    "!=": gettext_lazy("%(left)s is not %(right)s"),
    "<": gettext_lazy("%(left)s is less than %(right)s"),
    "<=": gettext_lazy("%(left)s is at most %(right)s"),
    ">": gettext_lazy("%(left)s is more than %(right)s"),
    ">=": gettext_lazy("%(left)s is at least %(right)s"),
}
_SAID: Mapping[type, Callable[..., str]] = {
    Text: lambda words, rule, _own: words.quoted(rule.value),
    Number: RuleWords.number,
    Truth: lambda _words, rule, _own: _("always") if rule.value else _("never"),
    Answer: lambda words, rule, _own: words.name(rule.variable),
    Own: lambda _words, _rule, _own: _("the answer"),
    Comparison: RuleWords.comparison,
    And: RuleWords.joined,
    Or: RuleWords.joined,
    Not: RuleWords.opposite,
    Arithmetic: lambda _words, rule, _own: format_expression(rule),
    Negative: lambda _words, rule, _own: format_expression(rule),
    Selected: RuleWords.selected,
    CountSelected: RuleWords.chosen,
    Count: RuleWords.counted,
    Length: RuleWords.length,
}
