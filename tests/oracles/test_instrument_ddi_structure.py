"""The DDI export keeps the content models of DDI-Codebook 2.5.

The orders below are those of the complex types codeBookType, stdyDscrType, citationType,
titlStmtType, verStmtType, dataDscrType, varGrpType, varType, catgryType and valrngType, and the
permitted values those of the attributes, in codebook.xsd of DDI-Codebook 2.5 (DDI Alliance,
2012-01-17), written down as names alone. The schema itself is not part of this repository.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from instrument.instrument_examples import small, sound_instruments
from lxml import etree

from samspill.errors import InvalidInput
from samspill.instrument import ddi_codebook, shipped_instrument, write_ddi

DDI = "{ddi:codebook:2_5}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ORDER = {
    "codeBook": "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
    "stdyDscr": "citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* "
    "othrStdyMat* notes*",
    "citation": "titlStmt rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit? holdings* notes*",
    "titlStmt": "titl subTitl* altTitl* parTitl* IDNo*",
    "verStmt": "version? verResp? notes*",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn* universe* notes*",
    "var": "location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng* "
    "invalrng* undocCod* universe* TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry* codInstr* "
    "verStmt* concept* derivation? varFormat? geoMap* catLevel* notes*",
    "catgry": "catValu? labl* txt* catStat* mrow?",
}
ANY_ORDER = {"qstn": {"preQTxt", "qstnLit", "postQTxt", "forward", "backward", "ivuInstr"}}
TEXT_ONLY = {"titl", "parTitl", "IDNo", "version", "labl", "qstnLit", "postQTxt", "universe"}
TEXT_ONLY |= {"catValu", "concept", "varFormat"}
ATTRIBUTES = {
    "codeBook": {"version": {"2.5"}},
    "varGrp": {"ID": None, "type": {"section"}, "var": None, "name": None},
    "var": {
        "ID": None,
        "name": None,
        "intrvl": {"contin", "discrete"},
        "nature": {"nominal", "ordinal", "interval", "ratio", "percent", "other"},
    },
    "qstn": {"responseDomainType": {"text", "numeric", "code", "category", "multiple"}},
    "catgry": {"missing": {"Y", "N"}},
    "varFormat": {"type": {"character", "numeric"}},
}
REQUIRED = {"var": {"name"}}


def check(element):
    name = etree.QName(element).localname
    children = [etree.QName(child).localname for child in element]
    if name in ORDER:
        rest = list(children)
        for part in ORDER[name].split():
            wanted, mark = (part[:-1], part[-1]) if part[-1] in "*+?" else (part, "")
            count = 0
            while rest and rest[0] == wanted:
                rest.pop(0)
                count += 1
            assert count or mark in {"*", "?"}, f"{name} lacks {wanted}"
            assert count <= 1 or mark in {"*", "+"}, f"{name} repeats {wanted}"
        assert rest == [], f"{name} has {rest} out of order"
        assert not (element.text or "").strip()
    elif name in ANY_ORDER:
        assert set(children) <= ANY_ORDER[name]
    else:
        assert name in TEXT_ONLY
        assert children == []
    for key, value in element.attrib.items():
        if key != LANG:
            permitted = ATTRIBUTES[name][key]
            assert permitted is None or value in permitted
    assert REQUIRED.get(name, set()) <= set(element.attrib)
    for child in element:
        check(child)


def codebook(instrument):
    root = etree.fromstring(ddi_codebook(instrument))
    check(root)
    names = root.xpath("//@ID")
    assert len(names) == len(set(names))
    for name in names:
        assert etree.QName(name)  # an xs:ID is an NCName
    for references in root.xpath("//@var"):
        assert set(references.split()) <= set(names)
    return root


@pytest.mark.parametrize("name", ["norway-2018", "pulse"])
def test_shipped_instruments_keep_the_standards_structure(name):
    root = codebook(shipped_instrument(name))
    for variable in root.iter(f"{DDI}var"):
        languages = [label.get(LANG) for label in variable.findall(f"{DDI}labl")]
        assert languages == ["nb-NO", "nn-NO", "en-GB"]


@settings(deadline=None)
@given(sound_instruments)
def test_any_sound_instrument_keeps_the_standards_structure(made):
    codebook(made)


def test_a_variable_tells_its_question_categories_universe_and_concept():
    root = codebook(shipped_instrument("norway-2018"))
    assert len(root.findall(f"{DDI}dataDscr/{DDI}var")) == 144
    (found,) = root.xpath("//*[@name='operating_grant_integration']")

    def texts(path, language="en-GB"):
        steps = "/".join(DDI + step for step in path.split("/"))
        return [e.text for e in found.iterfind(steps) if e.get(LANG) in {language, None}]

    assert texts("labl") == ["Operating grant – Integration"]
    asked = "Does the municipality give voluntary organisations operating grants?"
    assert texts("qstn/qstnLit") == [asked]
    assert texts("catgry/catValu") == ["1", "0"]
    assert texts("catgry/labl") == ["Yes", "No"]
    assert texts("universe") == ["(${has_relation} = '1')"]
    assert texts("concept") == ["Operating grant", "Integration"]


def test_missing_categories_and_several_answers_are_marked():
    root = codebook(small())
    missing = root.xpath("//*[@name='importance']/*[@missing='Y']/*[local-name()='catValu']/text()")
    assert missing == ["dont_know"]
    assert root.xpath("//*[@name='channels__other']/@nature") == ["nominal"]


def test_nothing_is_written_of_an_unsound_instrument(tmp_path):
    with pytest.raises(InvalidInput):
        write_ddi(replace(small(), pages=()), tmp_path / "x.xml")
    assert list(tmp_path.iterdir()) == []
    assert write_ddi(small(), tmp_path / "x.xml").read_bytes() == ddi_codebook(small())
