"""The README of a register's folder, in every language."""

from __future__ import annotations

from samspill.language import languages, translator
from samspill.register.labels import table_description, table_label
from samspill.register.model import Register
from samspill.study.package import DESCRIPTOR

README = "README.md"


def readme(register: Register) -> str:
    """Markdown that says what the folder holds, once in each language."""
    return "\n".join(_in(language, register) for language in languages())


def _in(language: str, register: Register) -> str:
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
    lines += [
        t(
            "The municipality's register of voluntary organisations and its collaboration with "
            "them. It may hold personal and internal data; do not pass it on without taking them "
            "out."
        ),
        t("{file} describes every column.", file=f"`{DESCRIPTOR}`") + "\n",
        t("| file | rows | content |"),
        "|---|---:|---|",
    ]
    for table, rows in register.tables.items():
        about = f"{table_label(table, language)}: {table_description(table, language)}"
        lines.append(f"| `{table}.csv` | {len(rows)} | {about} |")
    return "\n".join(lines) + "\n"
