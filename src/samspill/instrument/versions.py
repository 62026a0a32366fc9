"""What a new version of an instrument keeps comparable with an old one."""

from __future__ import annotations

from dataclasses import dataclass

from samspill.instrument.model import Instrument, Page, Question, Words

UNCHANGED, CHANGED, NEW, GONE = "unchanged", "changed", "new", "gone"
BREAKING = (
    "type",
    "level",
    "wording",
    "hint",
    "categories",
    "category wording",
    "category order",
    "relevance",
    "implied value",
)
"""Changes after which answers to the two versions do not mean the same."""

HARMLESS = ("label", "required", "constraint", "place")
"""Changes that leave the meaning of an answer: the short label, what must be answered, what is
refused, and the place among the other questions."""


@dataclass(frozen=True, slots=True)
class VariableChange:
    """What became of a variable.

    ``status`` is ``unchanged``, ``changed``, ``new`` or ``gone``. ``changes`` names what changed,
    out of ``BREAKING`` and ``HARMLESS``; ``languages`` those in which words did.
    """

    variable: str
    status: str
    changes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether answers before and after can be compared: asked of the same, in the same words,
        with the same categories in the same order."""
        return self.status in {UNCHANGED, CHANGED} and not set(self.changes) & set(BREAKING)


@dataclass(frozen=True, slots=True)
class InstrumentComparison:
    """The variables of two versions: the new one's in its order, then those that are gone."""

    variables: tuple[VariableChange, ...]

    def __getitem__(self, variable: str) -> VariableChange:
        for change in self.variables:
            if change.variable == variable:
                return change
        raise KeyError(variable)

    @property
    def comparable(self) -> tuple[str, ...]:
        return tuple(change.variable for change in self.variables if change.comparable)


def compare(old: Instrument, new: Instrument) -> InstrumentComparison:
    """Variable by variable, what stays comparable from ``old`` to ``new``.

    Words are compared in the languages that both have: a language added or dropped changes no
    variable. Notes have no answers and are left out.
    """
    before = {q.variable: (page, q) for page, q in old.questions() if q.has_answer}
    after = {q.variable: (page, q) for page, q in new.questions() if q.has_answer}
    languages = tuple(code for code in new.languages if code in old.languages)
    moved = _moved([v for v in before if v in after], [v for v in after if v in before])
    found = []
    for variable, (page, question) in after.items():
        if variable not in before:
            found.append(VariableChange(variable, NEW))
            continue
        changes, words = _changes(before[variable], (page, question), languages)
        if variable in moved:
            changes.append("place")
        status = CHANGED if changes else UNCHANGED
        found.append(VariableChange(variable, status, tuple(changes), words))
    found += [VariableChange(variable, GONE) for variable in before if variable not in after]
    return InstrumentComparison(tuple(found))


_Asked = tuple[Page, Question]


def _changes(
    old: _Asked, new: _Asked, languages: tuple[str, ...]
) -> tuple[list[str], tuple[str, ...]]:
    (old_page, before), (new_page, after) = old, new
    values = before.code_list.values() if before.code_list else ()
    new_values = after.code_list.values() if after.code_list else ()
    missing = {c.value for c in before.categories if c.missing}
    new_missing = {c.value for c in after.categories if c.missing}
    same_values = set(values) == set(new_values) and missing == new_missing
    labels = {c.value: c.label for c in before.categories}
    words = {
        "wording": _differ(before.text, after.text, languages),
        "hint": _differ(before.hint, after.hint, languages),
        "label": _differ(before.label, after.label, languages),
        "category wording": {
            code
            for category in after.categories
            if category.value in labels
            for code in _differ(labels[category.value], category.label, languages)
        },
    }
    happened = {
        "type": before.type != after.type,
        "level": old_page.per_field != new_page.per_field,
        "categories": not same_values,
        "category order": same_values and values != new_values,
        "relevance": (old_page.relevance, before.relevance)
        != (new_page.relevance, after.relevance),
        "implied value": before.implied != after.implied,
        "required": before.required != after.required,
        "constraint": before.constraint != after.constraint,
        **{name: bool(where) for name, where in words.items()},
    }
    touched = set().union(*words.values())
    changes = [name for name in (*BREAKING, *HARMLESS) if happened.get(name)]
    return changes, tuple(code for code in languages if code in touched)


def _differ(old: Words, new: Words, languages: tuple[str, ...]) -> set[str]:
    return {code for code in languages if old.get(code) != new.get(code)}


def _moved(old: list[str], new: list[str]) -> set[str]:
    """The variables outside a longest run that keeps its order (Fredman 1975)."""
    rank = {variable: place for place, variable in enumerate(old)}
    runs: list[list[str]] = [[]]
    for variable in new:
        extendable = [run for run in runs if not run or rank[run[-1]] < rank[variable]]
        runs.append([*max(extendable, key=len), variable])
    longest = max(runs, key=len)
    return set(new) - set(longest)
