"""A description of a register's open data by DCAT-AP-NO 2.2, in Turtle and JSON-LD."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from samspill.language import languages, translator
from samspill.register.labels import table_description, table_label
from samspill.register.model import Register

_AUTHORITY = "http://publications.europa.eu/resource/authority"
LICENCE = f"{_AUTHORITY}/licence/NLOD_2_0"
"""The Norwegian Licence for Open Government Data, in the EU's list of licences."""

HSDS = "https://docs.openreferral.org/en/3.0/"
GIVING = "https://standard.threesixtygiving.org/en/1.4/"
STANDARDS = {HSDS: "Human Services Data Specification 3.0", GIVING: "360Giving Data Standard 1.4"}

_MEDIA = "https://www.iana.org/assignments/media-types"
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_THEMES = {"policies": "GOVE", "goals": "GOVE", "measures": "GOVE", "criteria": "GOVE"}
"""The EU's data themes; what is not about government is about society (SOCI)."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Where open data are published: the address of the folder, the municipality's organisation
    number (empty where unknown), an e-mail address for questions (or none), and the day."""

    address: str
    publisher_number: str
    email: str
    day: date


@dataclass(frozen=True, slots=True)
class File:
    """A published file: its name, the table that it is of, its media type, its code in the EU's
    list of file types and the one of ``STANDARDS`` that it conforms to, where it has them."""

    name: str
    table: str
    media_type: str
    format: str = ""
    conforms_to: str = ""


def catalogue(register: Register, files: list[File], publication: Publication) -> Graph:
    """A catalogue with a dataset for each table that has files, and a distribution for each file.

    Texts are in every language. ``Graph.serialize`` writes it as ``turtle`` or ``json-ld``.
    """
    graph = Graph()
    for short, namespace in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", _VCARD)):
        graph.bind(short, namespace)
    writer = _Writer(graph, register, publication)
    writer.catalogue()
    for table in dict.fromkeys(file.table for file in files):
        writer.dataset(table, [file for file in files if file.table == table])
    return graph


class _Writer:
    def __init__(self, graph: Graph, register: Register, publication: Publication) -> None:
        self._graph, self._register, self._publication = graph, register, publication
        self._base = publication.address.rstrip("/")
        self._catalogue = URIRef(f"{self._base}/#catalogue")
        number = publication.publisher_number
        self._publisher = URIRef(
            f"https://data.brreg.no/enhetsregisteret/api/enheter/{number}"
            if number
            else f"{self._base}/#publisher"
        )

    def catalogue(self) -> None:
        here, name = self._catalogue, self._register.name
        self._add(here, RDF.type, DCAT.Catalog)
        self._described(
            here,
            "Open data on collaboration with voluntary organisations in {name}",
            "What the municipality shows to anyone of its register of voluntary organisations.",
            name=name,
        )
        self._add(here, DCTERMS.identifier, Literal(str(here)))
        self._add(here, DCTERMS.publisher, self._publisher)
        self._add(here, DCTERMS.license, URIRef(LICENCE))
        self._add(here, DCTERMS.modified, self._day())
        self._add(self._publisher, RDF.type, FOAF.Agent)
        self._add(self._publisher, FOAF.name, Literal(name))
        if self._publication.publisher_number:
            number = Literal(self._publication.publisher_number)
            self._add(self._publisher, DCTERMS.identifier, number)
        if self._publication.email:
            contact = URIRef(f"{self._base}/#contact")
            self._add(contact, RDF.type, _VCARD.Organization)
            self._add(contact, _VCARD.hasEmail, URIRef(f"mailto:{self._publication.email}"))
            self._add(contact, _VCARD.fn, Literal(name))

    def dataset(self, table: str, files: list[File]) -> None:
        here = URIRef(f"{self._base}/#{table}")
        self._add(self._catalogue, DCAT.dataset, here)
        self._add(here, RDF.type, DCAT.Dataset)
        for language in languages():
            t = translator(language)
            title = f"{table_label(table, language)}: {self._register.name}"
            told = table_description(table, language)
            if self._register.invented:
                told = f"{t('Invented data')}. {told}"
            self._add(here, DCTERMS.title, Literal(title, lang=language))
            self._add(here, DCTERMS.description, Literal(told, lang=language))
            self._add(here, DCAT.keyword, Literal(t("voluntary sector"), lang=language))
        self._add(here, DCTERMS.identifier, Literal(str(here)))
        self._add(here, DCTERMS.publisher, self._publisher)
        theme = _THEMES.get(table, "SOCI")
        self._add(here, DCAT.theme, URIRef(f"{_AUTHORITY}/data-theme/{theme}"))
        self._add(here, DCTERMS.accessRights, URIRef(f"{_AUTHORITY}/access-right/PUBLIC"))
        self._add(here, DCTERMS.modified, self._day())
        if self._publication.email:
            self._add(here, DCAT.contactPoint, URIRef(f"{self._base}/#contact"))
        for file in files:
            self._distribution(here, file)

    def _distribution(self, dataset: URIRef, file: File) -> None:
        here = URIRef(f"{self._base}/#{file.name}")
        address = URIRef(f"{self._base}/{file.name}")
        self._add(dataset, DCAT.distribution, here)
        self._add(here, RDF.type, DCAT.Distribution)
        self._add(here, DCTERMS.title, Literal(file.name))
        self._add(here, DCAT.accessURL, address)
        self._add(here, DCAT.downloadURL, address)
        self._add(here, DCAT.mediaType, URIRef(f"{_MEDIA}/{file.media_type}"))
        if file.format:
            self._add(here, DCTERMS.format, URIRef(f"{_AUTHORITY}/file-type/{file.format}"))
        self._add(here, DCTERMS.license, URIRef(LICENCE))
        if file.conforms_to:
            standard = URIRef(file.conforms_to)
            self._add(here, DCTERMS.conformsTo, standard)
            self._add(standard, RDF.type, DCTERMS.Standard)
            self._add(standard, DCTERMS.title, Literal(STANDARDS[file.conforms_to], lang="en"))

    def _described(self, here: URIRef, title: str, description: str, **fields: object) -> None:
        for language in languages():
            t = translator(language)
            told = t(description)
            if self._register.invented:
                told = f"{t('Invented data')}. {told}"
            self._add(here, DCTERMS.title, Literal(t(title, **fields), lang=language))
            self._add(here, DCTERMS.description, Literal(told, lang=language))

    def _day(self) -> Literal:
        return Literal(self._publication.day.isoformat(), datatype=XSD.date)

    def _add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        self._graph.add((subject, predicate, value))
