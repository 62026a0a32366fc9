"""Files in the format of the national registers, made from a seed: nothing in them is real.

Names say that they are invented; numbers have valid control digits and begin with 2, which the
register does not give out.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from samspill.register.numbers import control_digit

PAGE = 100
MUNICIPALITIES = tuple(
    f"{county}{number:02}" for county in (31, 39, 42, 46, 50) for number in range(1, 72)
)
CATEGORIES = (
    "1100",
    "1200",
    "1300",
    "4100",
    "6100",
    "7100",
    "8200",
    "9100",
    "10100",
    "13100",
    "14100",
)
WORDS = ("Skog", "Fjord", "Elve", "Fjell", "Strand", "Myr", "Lund", "Haug", "Vik", "Nes")
KINDS = ("idrettslag", "musikkorps", "velforening", "historielag", "pensjonistlag", "speidergruppe")
ENTITY = """{{
  "organisasjonsnummer" : "{number}",
  "navn" : "OPPDIKTET {name} {n}",
  "organisasjonsform" : {{
    "kode" : "{form}",
    "beskrivelse" : "{described}",
    "_links" : {{
      "self" : {{
        "href" : "https://data.brreg.no/enhetsregisteret/api/organisasjonsformer/{form}"
      }}
    }}
  }},
  "hjemmeside" : "www.oppdiktet-{n}.example",
  "postadresse" : {{
    "land" : "Norge",
    "landkode" : "NO",
    "postnummer" : "{postcode}",
    "poststed" : "OPPDIKTET",
    "adresse" : [ "Postboks {box}" ],
    "kommune" : "OPPDIKTET",
    "kommunenummer" : "{municipality}"
  }},
  "registreringsdatoEnhetsregisteret" : "{day}",
  "registrertIMvaregisteret" : false,
  "naeringskode1" : {{
    "kode" : "94.991",
    "beskrivelse" : "Aktiviteter i andre interesseorganisasjoner ikke nevnt annet sted"
  }},
  "harRegistrertAntallAnsatte" : false,
  "forretningsadresse" : {{
    "land" : "Norge",
    "landkode" : "NO",
    "postnummer" : "{postcode}",
    "poststed" : "OPPDIKTET",
    "adresse" : [ "c/o Oppdiktet leder", "Oppdiktet vei {box}" ],
    "kommune" : "OPPDIKTET",
    "kommunenummer" : "{municipality}"
  }},
  "stiftelsesdato" : "{day}",
  "institusjonellSektorkode" : {{
    "kode" : "7000",
    "beskrivelse" : "Ideelle organisasjoner"
  }},
  "registrertIForetaksregisteret" : false,
  "registrertIStiftelsesregisteret" : false,
  "registrertIFrivillighetsregisteret" : {voluntary},
  "konkurs" : false,
  "underAvvikling" : false,
  "underTvangsavviklingEllerTvangsopplosning" : false,
  "maalform" : "Bokmål",
  "vedtektsfestetFormaal" : [ "Oppdiktet formål med \\"anførselstegn\\" og {{klammer}}" ],
  "aktivitet" : [ "Oppdiktet aktivitet for medlemmer og andre i lokalsamfunnet." ],
  "links" : [ ]
}}"""


def numbers() -> Iterator[str]:
    """Organisation numbers with valid control digits, none of them given out."""
    for first in range(20_000_000, 30_000_000):
        control = control_digit(str(first))
        if control is not None:
            yield f"{first}{control}"


def make(folder: Path, entities: int, voluntary: int, seed: int = 1) -> tuple[Path, Path]:
    """Write ``entities.json`` and ``voluntary.json.gz``; the latter lists pages of 100.

    One entity is broken in the middle of the file, one of those in the voluntary register.
    """
    draw = random.Random(seed)
    given = list(islice(numbers(), entities))
    chosen = set(draw.sample(range(entities), voluntary))
    broken = min(n for n in chosen if n >= entities // 2)
    with (folder / "entities.json").open("w", encoding="utf-8") as file:
        file.write("[ ")
        for n, number in enumerate(given):
            text = _entity(draw, n, number, n in chosen)
            file.write(", " if n else "")
            file.write(text.replace('"navn" : "', '"navn" : ', 1) if n == broken else text)
        file.write(" ]")
    pages = _pages(draw, [given[n] for n in sorted(chosen)])
    with gzip.open(folder / "voluntary.json.gz", "wt", encoding="utf-8", compresslevel=1) as file:
        json.dump(list(pages), file, ensure_ascii=False)
    return folder / "entities.json", folder / "voluntary.json.gz"


def _entity(draw: random.Random, n: int, number: str, is_voluntary: bool) -> str:
    kind = draw.choice(KINDS)
    form, described = (
        draw.choice((("FLI", "Forening/lag/innretning"), ("STI", "Stiftelse")))
        if is_voluntary
        else draw.choice(
            (
                ("AS", "Aksjeselskap"),
                ("ENK", "Enkeltpersonforetak"),
                ("FLI", "Forening/lag/innretning"),
            )
        )
    )
    return ENTITY.format(
        number=number,
        name=f"{draw.choice(WORDS)}{draw.choice(WORDS)} {kind}".upper(),
        n=n,
        form=form,
        described=described,
        postcode=f"{draw.randrange(10_000):04}",
        box=draw.randrange(1, 999),
        municipality=draw.choice(MUNICIPALITIES),
        day=f"{draw.randrange(1900, 2025)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
        voluntary="true" if is_voluntary else "false",
    )


def _pages(draw: random.Random, given: list[str]) -> Iterator[dict[str, object]]:
    for start in range(0, len(given), PAGE):
        part = given[start : start + PAGE]
        yield {
            "_embedded": {"frivilligeOrganisasjoner": [_voluntary(draw, number) for number in part]}
        }


def _voluntary(draw: random.Random, number: str) -> dict[str, object]:
    chosen = draw.sample(CATEGORIES, draw.choice((1, 1, 1, 2)))
    categories = [
        {
            "icnpoNummer": code,
            "kategori": "ICNPOKategori.oppdiktet",
            "navn": None,
            "rekkefoelge": rank,
        }
        for rank, code in enumerate(chosen, 1)
    ]
    draw.shuffle(categories)
    return {
        "organisasjonsnummer": number,
        "frivilligOrganisasjonsstatus": "frivilligOrganisasjonsstatus.innfoert",
        "innfoertDato": "2020-01-01",
        "foersteGangInnfoert": "2015-01-01",
        "grasrotandel": {"deltarI": True},
        "icnpoKategorier": categories,
    }
