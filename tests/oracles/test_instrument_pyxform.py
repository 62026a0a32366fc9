"""What is exported compiles in pyxform, the reference implementation of XLSForm."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from instrument.instrument_examples import small, sound_instruments
from lxml import etree

from samspill.instrument import shipped_instrument, shipped_instruments, steps
from samspill.instrument.xlsform import write_xlsform

XFORMS = "{http://www.w3.org/2002/xforms}"


def compiled(instrument, folder):
    from pyxform.xls2xform import convert

    warnings: list[str] = []
    result = convert(str(write_xlsform(instrument, folder / "form.xlsx")), warnings=warnings)
    return etree.fromstring(result.xform.encode()), warnings


def items(instrument):
    return [a for s in steps(instrument) for a in s.asked]


@pytest.mark.parametrize(
    "instrument",
    [*map(shipped_instrument, shipped_instruments()), small()],
    ids=lambda instrument: instrument.identifier,
)
def test_every_item_becomes_a_node_and_every_language_a_translation(instrument, tmp_path):
    root, _ = compiled(instrument, tmp_path)
    binds = [b.get("nodeset") for b in root.iter(f"{XFORMS}bind")]
    names = {path.rsplit("/", 1)[1] for path in binds}
    for asked in items(instrument):
        field, variable = asked.item
        assert (f"{variable}_{field}" if field else variable) in names
    languages = [t.get("lang") for t in root.iter(f"{XFORMS}translation")]
    assert [lang.split("(")[1].rstrip(")") for lang in languages] == list(instrument.languages)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.filter_too_much,
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(sound_instruments)
def test_any_sound_instrument_compiles(tmp_path, made):
    root, _ = compiled(made, tmp_path)
    rules = {b.get("nodeset") for b in root.iter(f"{XFORMS}bind") if b.get("relevant")}
    closed = sum(1 for a in items(made) if a.question.relevance is not None) + sum(
        1 for s in steps(made) if s.page.relevance is not None
    )
    assert len(rules) == closed
