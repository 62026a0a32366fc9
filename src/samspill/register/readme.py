"""The README of a register's folder, in every language."""

from __future__ import annotations

from collections.abc import Collection

from samspill.language import languages, translator
from samspill.register.labels import table_description, table_label
from samspill.register.model import Register
from samspill.register.schema import TABLES
from samspill.study.package import DESCRIPTOR

README = "README.md"


def readme(register: Register, tables: Collection[str] = TABLES, *, internal: bool = True) -> str:
    """Markdown that says what the folder holds, once in each language.

    ``tables`` are those that it has; ``internal`` says that it is not for anyone to see.
    """
    return "\n".join(_in(language, register, tables, internal) for language in languages())


def _in(language: str, register: Register, tables: Collection[str], internal: bool) -> str:
    t = translator(language)
    title = t(
        "Register of collaboration with voluntary organisations: {name} ({code})",
        name=register.name,
        code=register.municipality_code,
    )
    lines = [f"# {title}\n"]
    if register.invented:
        told = t("Invented data: no organisation, person or number here is real.")
        lines.append(f"> **{told}**\n")
    if internal:
        told = t(
            "The municipality's register of voluntary organisations and its collaboration with "
            "them. It may hold personal and internal data; do not pass it on without taking them "
            "out."
        )
        lines += [told, t("{file} describes every column.", file=f"`{DESCRIPTOR}`") + "\n"]
    else:
        told = "What the municipality shows to anyone of its register of voluntary organisations."
        lines.append(t(told) + "\n")
    lines += [t("| file | rows | content |"), "|---|---:|---|"]
    for table in tables:
        about = f"{table_label(table, language)}: {table_description(table, language)}"
        lines.append(f"| `{table}.csv` | {len(register.rows(table))} | {about} |")
    return "\n".join(lines) + "\n"
