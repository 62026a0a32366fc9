"""The catalogue of open data holds to the shapes of DCAT-AP-NO."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SKOS, Graph, URIRef
from rdflib.compare import isomorphic
from register.registers import example
from register.standards import STANDARDS, needs_shared

from samspill.errors import SamspillError
from samspill.register.interchange import Wishes, export

ADDRESS = "https://data.example.no/fjordvik"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def graph(folder: Path, form: str = "turtle", **wishes: str) -> Graph:
    written = export(example(), "dcat", folder, Wishes("nb", NOW, address=ADDRESS, **wishes))
    names = {"turtle": "catalogue.ttl", "json-ld": "catalogue.jsonld"}
    (path,) = (path for path in written if path.name == names[form])
    return Graph().parse(path, format=form)


def authority() -> Graph:
    """What the Publications Office of the EU says of the codes that may be used."""
    known = {
        "licence": ["NLOD_2_0"],
        "data-theme": ["SOCI", "GOVE"],
        "access-right": ["PUBLIC"],
        "file-type": ["CSV", "JSON"],
    }
    said = Graph()
    for scheme, codes in known.items():
        address = f"http://publications.europa.eu/resource/authority/{scheme}"
        for code in codes:
            said.add((URIRef(f"{address}/{code}"), SKOS.inScheme, URIRef(address)))
    return said


@needs_shared
@pytest.mark.parametrize("form", ["turtle", "json-ld"])
@pytest.mark.parametrize("told", [{}, {"number": "974760673", "email": "post@example.no"}])
def test_the_catalogue_holds_to_the_official_shapes(tmp_path, form, told):
    shapes = Graph().parse(STANDARDS / "dcat-ap-no" / "dcat_ap_no_shapes_2.ttl", format="turtle")
    found = graph(tmp_path, form, **told) + authority()
    conforms, _, text = validate(found, shacl_graph=shapes)
    assert conforms, text
    broken = found.remove((None, DCTERMS.publisher, None))
    assert not validate(broken, shacl_graph=shapes)[0]


def test_both_forms_say_the_same(tmp_path):
    assert isomorphic(graph(tmp_path / "a"), graph(tmp_path / "b", "json-ld"))


def test_every_file_that_it_names_is_written_by_the_other_formats(tmp_path):
    named = {
        str(address).removeprefix(f"{ADDRESS}/")
        for address in graph(tmp_path).objects(None, DCAT.downloadURL)
    }
    written = {
        path.name
        for to in ("csv", "hsds", "360giving", "ics")
        for path in export(example(), to, tmp_path, Wishes("nb", NOW))
    }
    assert named
    assert named <= written


def test_datasets_are_told_of_in_three_languages_and_as_invented(tmp_path):
    found = graph(tmp_path)
    datasets = list(found.subjects(RDF.type, DCAT.Dataset))
    assert URIRef(f"{ADDRESS}/#grants") in datasets
    for dataset in datasets:
        told = {text.language: str(text) for text in found.objects(dataset, DCTERMS.description)}
        assert set(told) == {"nb", "nn", "en"}
        assert told["nb"].startswith("Oppdiktede data.")
        assert told["en"].startswith("Invented data.")


def test_a_catalogue_without_an_address_is_not_written(tmp_path):
    with pytest.raises(SamspillError):
        export(example(), "dcat", tmp_path / "out", Wishes("nb", NOW))
    assert list((tmp_path / "out").iterdir()) == []
