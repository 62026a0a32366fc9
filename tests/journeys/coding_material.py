"""An invented study with texts, codes and two coders, for journeys and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TEXT = """Intervjuer: Hvem ringer du når noen melder seg?
Leder: Det kommer an på hvem som er på jobb. Vi har ingen felles liste, så jeg har mine egne ark, \
og helsetunet har sine. 🎈 I fjor vår fikk vi en bunke henvendelser på to dager, og da oppdaget vi \
at ingen hadde som oppgave å ta imot.
Intervjuer: Hva ville hjulpet?
Leder: Et fast møte, på kveldstid. Og penger som ikke må søkes på nytt hvert år; vi gjør gjerne \
noe sammen med kommunen, men ikke på bestilling. Når vi har vært med fra starten av, har det blitt \
bra for begge.
Intervjuer: Kan du si mer om det?
Leder: Vi laget planen for besøksordningen sammen. Da visste alle hva de skulle gjøre."""

CODES = (
    ("Koordinering", "#e0992e", ("mangler oversikt", "mangler møteplass")),
    ("Rammer og ressurser", "#3d7fb6", ("kortsiktige midler",)),
    ("Styring og autonomi", "#7a63b8", ()),
    ("Kommunikasjon", "#4f8a5b", ("manglende kontakt",)),
    ("Gjensidig avhengighet", "#b4530f", ()),
)


@dataclass(slots=True)
class Material:
    study: Any
    ida: Any
    finn: Any
    owner: Any
    first: Any
    second: Any
    codes: dict[str, Any]

    def code(self, user: Any, words: str, code: str, source: Any = None) -> Any:
        """A coding of words by a user."""
        from samspill.web.interviews.actions import add_coding

        source = source or self.first
        start = source.text.index(words)
        return add_coding(
            actor=user, source=source, start=start, end=start + len(words), code=self.codes[code]
        )


def make_material() -> Material:
    from samspill.web.accounts.models import User
    from samspill.web.interviews.actions import add_code, add_sources
    from samspill.web.interviews.models import Source
    from samspill.web.studies.models import Study

    study = Study.objects.create(
        slug="trial",
        title={"nb": "Prøven", "nn": "Prøva", "en": "The trial"},
        year=2026,
        invented=True,
    )
    people = {}
    for role, name in (("owner", "Olga Eier"), ("coder", "Ida Holt"), ("coder", "Finn Berg")):
        user = User.objects.create_user(f"{name.split()[0].lower()}@example.org", name=name)
        study.memberships.create(user=user, role=role)
        people[name] = user
    owner = people["Olga Eier"]
    sources = [
        Source(
            name=name,
            text=text,
            side="organisation",
            fields=["health_care"],
            speakers=["Intervjuer", "Leder"],
            language="nb",
            role="leder",
            invented=True,
        )
        for name, text in (
            ("Frivilligsentral, Eksempelvik", TEXT),
            ("Idrettsråd, Eksempelvik", TEXT.replace("besøksordningen", "hallen")),
        )
    ]
    add_sources(actor=owner, study=study, sources=sources)
    codes = {}
    for name, colour, below in CODES:
        codes[name] = add_code(actor=owner, study=study, name=name, colour=colour)
        for child in below:
            codes[child] = add_code(actor=owner, study=study, name=child, parent=codes[name])
    return Material(
        study=study,
        ida=people["Ida Holt"],
        finn=people["Finn Berg"],
        owner=owner,
        first=sources[0],
        second=sources[1],
        codes=codes,
    )
