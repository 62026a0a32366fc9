"""ICNPO: the register's numbers and labels, and unknown numbers kept."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from samspill.language import languages
from samspill.register.national import code, icnpo, label, suggested_fields
from samspill.vocabulary import load

CODES = Path(__file__).parents[4] / "shared" / "samples" / "civic" / "icnpo_codes_flod2014.csv"


@pytest.mark.skipif(not CODES.is_file(), reason="the list of codes is not here")
def test_the_published_codes_are_there_with_their_labels():
    with CODES.open(encoding="utf-8") as file:
        published = {row["code"]: row["label_nb"] for row in csv.DictReader(file)}
    leaves = [concept for group in icnpo().concepts for concept in group.narrower]
    assert {c.attributes["code"]: c.label("nb") for c in leaves} == published


def test_every_group_and_category_has_words_in_every_language():
    for concept in icnpo().walk():
        assert all(concept.label(language).strip() for language in languages())


def test_a_category_stands_under_the_group_of_its_number():
    for group in icnpo().concepts:
        assert {c.identifier[:-3] for c in group.narrower} == {group.identifier}


@pytest.mark.parametrize(
    ("number", "language", "expected"),
    [
        ("13100", "nb", "13 100 Barne- og ungdomsorganisasjoner"),
        ("8200", "nn", "8 200 Frivilligsentralar"),
        ("15200", "nb", "15 200 (ukjent kategori)"),
        ("15200", "nn", "15 200 (ukjend kategori)"),
        ("15200", "en", "15 200 (unknown category)"),
    ],
)
def test_a_number_is_printed_with_its_words_or_as_unknown(number, language, expected):
    assert label(number, language) == expected


def test_a_group_keeps_its_own_number():
    assert code("13") == "13"


def test_suggested_fields_are_of_the_vocabulary_and_come_in_the_order_of_the_categories():
    fields = load().fields
    for concept in icnpo().walk():
        assert set(suggested_fields([concept.identifier])) <= set(fields)
    assert suggested_fields(["13100", "1200", "1100"]) == ("children_youth", "culture_leisure")


@pytest.mark.parametrize("number", ["8200", "10100", "7300", "99999"])
def test_nothing_is_suggested_where_a_category_says_nothing_of_a_field(number):
    assert suggested_fields([number]) == ()
