"""The README of a register's folder, in three languages."""

from __future__ import annotations

from samspill.language import languages
from samspill.register.labels import table_description, table_label
from samspill.register.model import Register

README = "README.md"
_WORDS = {
    "nb": {
        "title": "Register over samarbeid med frivillige organisasjoner: {name} ({code})",
        "invented": "> **Oppdiktede data.** Ingen organisasjoner, personer eller tall her er "
        "virkelige.",
        "what": "Kommunens register over frivillige organisasjoner og samarbeidet med dem. "
        "Registeret kan inneholde personopplysninger og interne opplysninger; del det ikke videre "
        "uten å ta dem bort. `datapackage.json` beskriver hver kolonne.",
        "heading": "| fil | rader | innhold |",
    },
    "nn": {
        "title": "Register over samarbeid med frivillige organisasjonar: {name} ({code})",
        "invented": "> **Oppdikta data.** Ingen organisasjonar, personar eller tal her er "
        "verkelege.",
        "what": "Registeret til kommunen over frivillige organisasjonar og samarbeidet med dei. "
        "Registeret kan innehalde personopplysningar og interne opplysningar; del det ikkje vidare "
        "utan å ta dei bort. `datapackage.json` skildrar kvar kolonne.",
        "heading": "| fil | rader | innhald |",
    },
    "en": {
        "title": "Register of collaboration with voluntary organisations: {name} ({code})",
        "invented": "> **Invented data.** No organisation, person or number here is real.",
        "what": "The municipality's register of voluntary organisations and its collaboration with "
        "them. It may hold personal and internal data; do not pass it on without taking them out. "
        "`datapackage.json` describes every column.",
        "heading": "| file | rows | content |",
    },
}


def readme(register: Register) -> str:
    """Markdown that says what the folder holds, once in each language."""
    return "\n".join(_in(language, register) for language in languages())


def _in(language: str, register: Register) -> str:
    words = _WORDS[language]
    title = words["title"].format(name=register.name, code=register.municipality_code)
    lines = [f"# {title}\n"]
    if register.invented:
        lines.append(words["invented"] + "\n")
    lines += [words["what"] + "\n", words["heading"], "|---|---:|---|"]
    for table, rows in register.tables.items():
        about = f"{table_label(table, language)}: {table_description(table, language)}"
        lines.append(f"| `{table}.csv` | {len(rows)} | {about} |")
    return "\n".join(lines) + "\n"
