"""The people that the demonstration lets one be."""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "demo.invalid"


@dataclass(frozen=True, slots=True)
class Person:
    """``next_page`` names the page that the person begins at."""

    key: str
    name: str
    next_page: str

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


RESEARCHER = Person("researcher", "Ragnhild Forsker", "studies:list")
COORDINATOR = Person("coordinator", "Kåre Koordinator", "municipality:desks")
ORGANISATION = Person("organisation", "Oddny Organisasjon", "municipality:desks")
PEOPLE = {person.key: person for person in (RESEARCHER, COORDINATOR, ORGANISATION)}
