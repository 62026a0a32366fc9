"""The sample of Norwegian vocabulary that Snowball publishes with its stems.

Source: snowballstem.org/algorithms/norwegian/stemmer.html.
"""

from __future__ import annotations

import pytest

from samspill.qualitative.queries.words import stem

SAMPLE = {
    "havnedistrikt": "havnedistrikt havnedistriktene havnedistrikter havnedistriktet",
    "havnedrift": "havnedrift havnedriften",
    "havneeffektivit": "havneeffektivitet",
    "havneei": "havneeier",
    "havneeier": "havneeiere",
    "havneen": "havneenheter",
    "havneforbund": "havneforbund havneforbundets",
    "havneformål": "havneformål",
    "havneforvaltning": "havneforvaltningen",
    "havnefunksjon": "havnefunksjonene havnefunksjoner",
    "havnefylk": "havnefylkene havnefylker",
    "havnehag": "havnehagen",
    "havnekass": "havnekassa havnekasse havnekassen havnekassene havnekassens",
    "havn": "havneloven havnelovens",
    "havneløsning": "havneløsning havneløsningene havneløsninger",
    "havnemess": "havnemessig",
    "havnemynd": "havnemyndighetene havnemyndigheter",
    "opning": "opning opninga",
    "opningsbalans": "opningsbalanse opningsbalansen",
    "opp": "opp",
    "oppad": "oppad",
    "opparbeid": "opparbeide opparbeidede opparbeidelse opparbeider opparbeides opparbeidet",
    "opparbeiding": "opparbeiding",
    "oppbevar": "oppbevarer",
    "oppblåst": "oppblåst oppblåste",
    "oppbygging": "oppbygging oppbygginga oppbyggingen",
    "oppdag": "oppdage oppdager",
    "oppdater": "oppdaterte",
    "oppdeling": "oppdeling oppdelingen",
}


@pytest.mark.parametrize(
    ("word", "published"), [(word, s) for s, words in SAMPLE.items() for word in words.split()]
)
def test_stems_are_the_published_ones(word, published):
    assert stem(word) == published
