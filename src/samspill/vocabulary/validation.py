"""What must hold for the vocabulary's data to be usable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from samspill.errors import Problem
from samspill.vocabulary.concept import GUIDANCE

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_CONCEPT_KEYS = {
    "identifier",
    "chapter",
    "label",
    "short_label",
    "definition",
    "attributes",
    "narrower",
    *GUIDANCE,
}
_SCHEME_KEYS = {"label", "qualified", "references", "axis", "empty_cell", "concept"}


def check(raw: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """Faults in the files' content, by file name without ending."""
    languages = raw["vocabulary"].get("languages")
    if not _is_list_of(languages, str) or not languages:
        return [
            Problem(
                "vocabulary.toml",
                None,
                "languages",
                "The languages are not a list of codes.",
                'Write for example languages = ["nb", "nn", "en"].',
            )
        ]
    checker = _Checker(tuple(languages))
    for name, scheme in raw.items():
        if name != "vocabulary":
            checker.scheme(name, scheme)
    for name, scheme in raw.items():
        if name != "vocabulary":
            checker.references(name, scheme, raw)
    return checker.problems


class _Checker:
    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.problems: list[Problem] = []
        self.seen: dict[str, str] = {}

    def report(
        self, file: str, row: int | None, column: str | None, message: str, step: str
    ) -> None:
        self.problems.append(Problem(file, row, column, message, step))

    def scheme(self, name: str, raw: Mapping[str, Any]) -> None:
        file = f"{name}.toml"
        self._known_keys(file, None, "", raw, _SCHEME_KEYS)
        qualified = raw.get("qualified", False)
        if not isinstance(qualified, bool):
            step = "Write qualified = true, or leave it out."
            self.report(file, None, "qualified", "This is not true or false.", step)
        everywhere = self.seen
        self.seen = {} if qualified else everywhere
        self._shapes(file, None, "", raw, tables=("references",))
        self._shapes(file, None, "", raw, lists=("concept", "axis", "empty_cell"))
        self._texts(file, None, "label", raw.get("label"), required=True)
        if not raw.get("concept"):
            self.report(file, None, "concept", "There is no concept.", "Add a [[concept]] block.")
        for key in ("concept", "axis"):
            for row, entry in enumerate(_tables(raw.get(key)), start=1):
                self._concept(file, row, entry)
        self.seen = everywhere

    def _concept(self, file: str, row: int, entry: Mapping[str, Any], above: str = "") -> None:
        identifier = entry.get("identifier")
        if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
            self.report(
                file,
                row,
                f"{above}identifier",
                f"The identifier {identifier!r} is missing or not in lower-case letters, digits "
                "and underscores.",
                "Write for example culture_leisure.",
            )
            identifier = "?"
        elif identifier in self.seen:
            self.report(
                file,
                row,
                f"{above}identifier",
                f"The identifier “{identifier}” is already used in {self.seen[identifier]}.",
                "Give this concept another.",
            )
        self.seen.setdefault(identifier, file)
        place = f"{above}{identifier}."
        self._known_keys(file, row, place, entry, _CONCEPT_KEYS)
        self._shapes(file, row, place, entry, tables=("attributes",), lists=("narrower",))
        chapter = entry.get("chapter")
        if isinstance(chapter, bool) or not isinstance(chapter, int):
            self.report(
                file,
                row,
                f"{place}chapter",
                "The chapter is missing or not a whole number.",
                "Give the chapter of the founding report.",
            )
        self._texts(file, row, f"{place}label", entry.get("label"), required=True)
        self._texts(file, row, f"{place}definition", entry.get("definition"), required=True)
        for key in ("short_label", *GUIDANCE):
            self._texts(file, row, f"{place}{key}", entry.get(key), required=False)
        for narrower in _tables(entry.get("narrower")):
            self._concept(file, row, narrower, place)

    def _texts(self, file: str, row: int | None, column: str, raw: Any, *, required: bool) -> None:
        if raw is None and not required:
            return
        texts = _table(raw)
        for language in self.languages:
            text = texts.get(language)
            if not isinstance(text, str) or not text.strip():
                self.report(
                    file,
                    row,
                    f"{column}.{language}",
                    "The text is missing.",
                    f"Write it in the language “{language}”.",
                )
        for language in sorted(texts.keys() - set(self.languages)):
            self.report(
                file,
                row,
                f"{column}.{language}",
                f"The language “{language}” is not one of the vocabulary's.",
                "Correct the code, or add it to languages in vocabulary.toml.",
            )

    def _known_keys(
        self, file: str, row: int | None, place: str, raw: Mapping[str, Any], known: set[str]
    ) -> None:
        for key in sorted(raw.keys() - known):
            self.report(
                file,
                row,
                f"{place}{key}",
                "The key is not known.",
                f"Use one of {', '.join(sorted(known))}.",
            )

    def _shapes(
        self,
        file: str,
        row: int | None,
        place: str,
        raw: Mapping[str, Any],
        *,
        tables: tuple[str, ...] = (),
        lists: tuple[str, ...] = (),
    ) -> None:
        for key in tables:
            if not isinstance(raw.get(key, {}), dict):
                step = f"Write {{ name = value }} or a [{key}] block."
                self.report(file, row, f"{place}{key}", "This is not a table.", step)
        for key in lists:
            if not _is_list_of(raw.get(key, []), dict):
                step = f"Write one [[{key}]] block for each."
                self.report(file, row, f"{place}{key}", "This is not a list of tables.", step)

    def references(
        self, name: str, raw: Mapping[str, Any], everything: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """Attributes that name other concepts, and the axes of ideal types."""
        file = f"{name}.toml"
        targets: dict[str, set[str]] = {
            attribute: _identifiers(everything.get(scheme, {}).get("concept"))
            for attribute, scheme in _table(raw.get("references")).items()
        }
        for axis in _tables(raw.get("axis")):
            targets[str(axis.get("identifier"))] = _identifiers(axis.get("narrower"))
        for row, concept in enumerate(_tables(raw.get("concept")), start=1):
            place = f"{concept.get('identifier')}.attributes."
            self._targets(file, row, place, _table(concept.get("attributes")), targets)
        axes = {axis: targets[axis] for axis in _identifiers(raw.get("axis"))}
        for row, cell in enumerate(_tables(raw.get("empty_cell")), start=1):
            self._targets(file, row, "empty_cell.", cell, axes)

    def _targets(
        self,
        file: str,
        row: int,
        place: str,
        values: Mapping[str, Any],
        targets: Mapping[str, set[str]],
    ) -> None:
        for attribute, allowed in targets.items():
            value = values.get(attribute)
            named = value if isinstance(value, list) else [value]
            for one in named:
                if one not in allowed:
                    self.report(
                        file,
                        row,
                        f"{place}{attribute}",
                        f"{one!r} is not one of {', '.join(sorted(allowed)) or 'anything known'}.",
                        "Correct it, or add the concept it names.",
                    )


def _table(raw: Any) -> Mapping[str, Any]:
    return raw if isinstance(raw, dict) else {}


def _tables(raw: Any) -> Iterator[Mapping[str, Any]]:
    return (
        (entry for entry in raw if isinstance(entry, dict)) if isinstance(raw, list) else iter(())
    )


def _identifiers(raw: Any) -> set[str]:
    return {str(entry.get("identifier")) for entry in _tables(raw)}


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)
