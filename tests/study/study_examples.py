"""A small study to test with, with one of everything."""

from __future__ import annotations

import polars as pl

from samspill.study import Study


def table(columns: str, *rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=columns.split(), orient="row")


def example(**replaced: pl.DataFrame | None) -> Study:
    study = Study(
        identifier="small-example",
        title={"nb": "Et lite eksempel", "nn": "Eit lite døme", "en": "A small example"},
        population_size=5,
        year=2020,
        response_attribute="response",
        units=table(
            "unit response has_policy population density",
            ("Ås", "complete", "yes", 20000, 2.5),
            ("Bø, øvre", "partial", "no", 6000, 3.0),
            ('"C"', "none", None, None, None),
        ),
        answers=table(
            "unit field variable value",
            ("Ås", "culture_leisure", "meeting_point", "1"),
            ("Ås", "health_care", "meeting_point", "0"),
            ("Ås", "culture_leisure", "relations", "3"),
            ("Ås", "", "challenge", 'For lite tid,\r\nog "rom"; ellers bra.'),
            ("Bø, øvre", "culture_leisure", "meeting_point", "9"),
            ("Bø, øvre", "culture_leisure", "relations", "1"),
        ),
        variables=table(
            "variable type per_field label_nb label_nn label_en question_nb",
            ("response", "nominal", False, "Svar", "Svar", "Response", ""),
            ("has_policy", "nominal", False, "Politikk", "Politikk", "Policy", ""),
            ("population", "count", False, "Innbyggere", "Innbyggjarar", "Population", ""),
            ("density", "number", False, "Tetthet", "Tettleik", "Density", ""),
            ("meeting_point", "binary", True, "Møtepunkt", "Møtepunkt", "Meeting point", "Har …?"),
            ("relations", "ordinal", True, "Relasjoner", "Relasjonar", "Relations", ""),
            ("challenge", "text", False, "Utfordring", "Utfordring", "Challenge", "Hva …?"),
        ),
        categories=table(
            "variable value order missing label_nb label_nn label_en",
            ("response", "complete", 1, False, "Fullført", "Fullført", "Complete"),
            ("response", "partial", 2, False, "Delvis", "Delvis", "Partial"),
            ("response", "none", 3, False, "Ingen", "Ingen", "None"),
            ("has_policy", "no", 1, False, "Nei", "Nei", "No"),
            ("has_policy", "yes", 2, False, "Ja", "Ja", "Yes"),
            ("meeting_point", "0", 1, False, "Nei", "Nei", "No"),
            ("meeting_point", "1", 2, False, "Ja", "Ja", "Yes"),
            ("meeting_point", "9", 3, True, "Vet ikke", "Veit ikkje", "Do not know"),
            ("relations", "1", 1, False, "Få", "Få", "Few"),
            ("relations", "2", 2, False, "Noen", "Nokre", "Some"),
            ("relations", "3", 3, False, "Mange", "Mange", "Many"),
        ),
        indicators=table(
            "indicator rule variables value per_field label_nb label_nn label_en definition_en "
            "chapter",
            ("meeting", "variable", "meeting_point", "", True, "M", "M", "M", "Has one.", 5),
            ("many", "any_of", "relations", "2;3", True, "Flere", "Fleire", "Several", "", None),
            ("most", "top_category", "relations", "", True, "Flest", "Flest", "Most", "", None),
            ("wrote", "answered", "challenge", "", False, "Skrev", "Skreiv", "Wrote", "", None),
        ),
        printed=table(
            "id source basis indicator field split group statistic printed observations note",
            (
                "1",
                "Table 1",
                "survey",
                "meeting",
                "culture_leisure",
                "",
                "",
                "percentage",
                "50",
                "2",
                "",
            ),
            (
                "2",
                "Table 1",
                "survey",
                "meeting",
                "culture_leisure",
                "has_policy",
                "no",
                "log_odds",
                "–0,50***",
                "2",
                "a dash for minus",
            ),
            (
                "3",
                "Table 1",
                "survey",
                "many;most",
                "health_care",
                "",
                "",
                "minimum",
                "4,10",
                "",
                "",
            ),
            ("4", "Table 2", "cases", "population", "", "", "Ås", "value", "20 000", "", ""),
            ("5", "Text", "outside", "anything", "", "", "", "count", "108", "", ""),
        ),
        provenance=table(
            "name field split provenance note_en",
            ("meeting_point", "culture_leisure", "has_policy", "reconstructed exactly", ""),
            ("relations", "", "", "consistent with what is printed", "One of many."),
            ("challenge", "", "", "observed", ""),
        ),
        cases=table(
            "case population centrality_level organisations_per_100_inhabitants has_policy "
            "interviews_municipality interviews_organisations",
            ("Ås", 20000, 2, 2.5, "yes", 6, 5),
            ("Bø", 6000, None, None, "", 3, None),
        ),
    )
    return study.with_tables(**replaced)
