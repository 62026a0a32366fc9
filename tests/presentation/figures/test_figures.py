"""What every figure promises, over counts that the tests know."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import polars as pl
import pytest
from presentation.figures.fake_analysis import FIELDS, FakeAnalysis

from samspill.errors import SamspillError
from samspill.language import format_percent, languages
from samspill.presentation.figures import figure, figure_numbers
from samspill.presentation.figures.process import process_map

SVG = "{http://www.w3.org/2000/svg}"
EVERY = [(number, language) for number in figure_numbers() for language in languages()]


@pytest.fixture(scope="module")
def analysis():
    return FakeAnalysis()


@pytest.fixture(scope="module")
def figures(analysis):
    return {(number, language): figure(analysis, number, language) for number, language in EVERY}


def test_chapter_five_and_the_comparisons_are_all_there():
    assert figure_numbers() == (*(f"4.{i}" for i in range(1, 12)), "policy_effects", "silence")


@pytest.mark.parametrize("number", figure_numbers())
def test_the_specification_is_one_of_vega_lites_own_schema(figures, number):
    import altair as alt

    for language in languages():
        alt.LayerChart.validate(figures[number, language].to_spec())


@pytest.mark.parametrize(("number", "language"), EVERY)
def test_svg_is_well_formed_and_named_for_assistive_technology(figures, number, language):
    shown = figures[number, language]
    for framed in (False, True):
        root = ET.fromstring(shown.to_svg(framed=framed))
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        names = {e.get("id"): e.text for e in root if e.tag in {f"{SVG}title", f"{SVG}desc"}}
        title, description = root.get("aria-labelledby").split()
        assert names[title] == shown.title
        assert names[description] == shown.alt


@pytest.mark.parametrize(("number", "language"), EVERY)
def test_nothing_is_drawn_outside_the_picture(figures, number, language):
    """Drawn on a larger sheet, the margin around every figure stays empty."""
    import vl_convert

    image = pytest.importorskip("PIL.Image")
    svg, margin = figures[number, language].to_svg(), 40
    root = re.search(r'width="([0-9.]+)" height="([0-9.]+)" viewBox="[^"]+"', svg)
    width, height = float(root.group(1)), float(root.group(2))
    assert width == pytest.approx(680, abs=1)
    larger = (
        f'width="{width + 2 * margin}" height="{height + 2 * margin}" '
        f'viewBox="{-margin} {-margin} {width + 2 * margin} {height + 2 * margin}"'
    )
    png = vl_convert.svg_to_png(svg.replace(root.group(0), larger), scale=1)
    ink = image.open(io.BytesIO(png)).convert("RGBA").getchannel("A").getbbox()
    assert ink == (margin, margin, margin + round(width), margin + round(height))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", [n for n in figure_numbers() if n[0] == "4"])
def test_alt_text_names_the_highest_and_the_lowest_share(figures, number, language):
    shown = figures[number, language]
    data = shown.data
    if "kind" in data.columns:
        data = data.filter(pl.col("kind") != "phase")
    for extreme in (data["share"].max(), data["share"].min()):
        row = data.filter(pl.col("share") == extreme).row(0, named=True)
        written = format_percent(extreme, 0, language)
        assert row["row"] in shown.alt
        assert written in shown.alt
        assert re.search(rf"{re.escape(row['row'])}[^.;]*{re.escape(written)}", shown.alt)


def test_alt_text_of_the_comparisons_says_what_stands(figures):
    shown = figures["policy_effects", "en"]
    standing = shown.data.filter("survives")
    assert standing.height == 2
    assert set(standing["field"]) == {"integration"}
    assert f"{shown.data.filter('marked').height} are marked" in shown.alt
    assert "2 stand: “Operating grant” in “Integration” and “Activity grant”" in shown.alt


def test_alt_text_of_the_silence_says_which_difference_turns_last(figures):
    shown = figures["silence", "en"]
    assert "The sign turns last for “Activity grant: integration”, at −31.4" in shown.alt
    assert "Clear of zero even if the silent do not differ by policy" in shown.alt
    assert "199 units that did not answer" in shown.subtitle


def test_alt_text_follows_the_data_when_it_changes():
    other = FakeAnalysis()
    other.counts["barrier_confidentiality", "", ""] = (140, 142)
    assert "Highest: “Confidentiality”, 99% (140 of 142)" in figure(other, "4.10", "en").alt


@pytest.mark.parametrize("number", figure_numbers())
def test_the_table_beside_a_chart_holds_the_charts_numbers(figures, number):
    shown = figures[number, "nb"]
    drawn = _values(shown.to_spec())
    measure = "share" if number[0] == "4" else "difference"
    table = shown.table.frame
    assert table.height == shown.data.height
    assert table[measure].to_list() == shown.data[measure].to_list()
    in_chart = sorted({round(row[measure], 12) for row in drawn if measure in row})
    assert in_chart == sorted({round(value, 12) for value in table[measure]})


def _values(spec):
    return [row for rows in spec.get("datasets", {}).values() for row in rows]


@pytest.mark.parametrize("number", figure_numbers())
def test_specification_is_vega_lite_that_follows_its_container(figures, number):
    import vl_convert

    spec = figures[number, "en"].to_spec(width="container")
    assert spec["width"] == "container"
    assert "vega-lite" in spec["$schema"]
    assert not {"hconcat", "vconcat", "concat", "facet"} & spec.keys()
    assert spec["description"] == figures[number, "en"].alt
    vega = vl_convert.vegalite_to_vega(json.loads(json.dumps(spec)))
    assert any(s["name"] == "width" and "containerSize" in json.dumps(s) for s in vega["signals"])


@pytest.mark.parametrize("language", languages())
def test_fields_keep_the_reports_order(figures, analysis, language):
    labels = [analysis.label(name, language) for name in FIELDS]
    for number in ("4.2", "4.3", "4.4", "4.5", "4.7", "4.8", "4.9", "policy_effects"):
        panels = figures[number, language].data["panel"].unique(maintain_order=True).to_list()
        assert panels == labels, number
    assert figures["4.6", language].data["row"].unique(maintain_order=True).to_list() == labels


def test_the_area_that_the_report_does_not_name_is_left_out_and_said_to_be(analysis):
    counted = FakeAnalysis({**analysis.counts, ("has_relation", "unnamed_area", ""): (20, 241)})
    shown = figure(counted, "4.1", "en")
    assert "unnamed_area" not in shown.data["field"].to_list()
    assert shown.data.height == 9
    assert "does not name it" in shown.note


def test_every_figure_by_policy_shows_both_groups_with_their_number(figures):
    for number in ("4.6", "4.7", "4.8", "4.9"):
        shown = figures[number, "en"]
        assert "164 units without" in shown.subtitle
        assert "77 units with" in shown.subtitle
        assert set(shown.data["group"]) == {"no", "yes"}
        assert shown.n == 241
        svg = shown.to_svg()
        assert "164 units without a volunteer policy" in svg
        assert "77 units with a volunteer policy" in svg


def test_provenance_is_the_weakest_of_what_is_shown(figures):
    assert figures["4.3", "en"].provenance == "reconstructed exactly"
    assert figures["4.1", "en"].provenance == "consistent with what is printed"
    assert "without its numbers" in figures["4.3", "en"].note
    assert "without its numbers" not in figures["4.4", "en"].note


def test_exceptions_in_provenance_are_named():
    class Mixed(FakeAnalysis):
        def shares(self, indicators, *, by=None, fields=None, level=0.95):
            frame = super().shares(indicators, by=by, fields=fields).frame
            lone = (pl.col("field") == "integration") & (pl.col("indicator") == "service_purchase")
            weaker = pl.when(lone).then(pl.lit("invented")).otherwise("provenance")
            return SimpleNamespace(frame=frame.with_columns(weaker.alias("provenance")))

    shown = figure(Mixed(), "4.5", "en")
    assert "For Service purchase (Integration) they are invented." in shown.note
    assert shown.provenance == "invented"


def test_decimals_follow_the_language(figures):
    assert "+25,9" in figures["policy_effects", "nb"].alt
    assert "+25.9" in figures["policy_effects", "en"].alt
    assert "0,05" in figures["4.8", "nn"].note


def test_figures_are_saved_by_the_ending_of_the_name(figures, tmp_path):
    shown = figures["4.8", "nn"]
    assert shown.save(tmp_path / "f.svg").read_text(encoding="utf-8").startswith("<svg")
    assert shown.save(tmp_path / "f.png", scale=1).read_bytes().startswith(b"\x89PNG")
    assert json.loads(shown.save(tmp_path / "f.json").read_text(encoding="utf-8"))["layer"]
    assert shown.save(tmp_path / "f.csv").stat().st_size > 100
    assert shown.save(tmp_path / "f.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(SamspillError, match=r"\.svg, \.png, \.pdf"):
        shown.save(tmp_path / "f.gif")


def test_unknown_number_and_language_are_refused(analysis):
    with pytest.raises(SamspillError, match=r"4\.11"):
        figure(analysis, "9.9", "nb")
    with pytest.raises(SamspillError, match="nb, nn, en"):
        figure(analysis, "4.1", "xx")


def test_process_map_of_one_field_and_of_one_group(analysis):
    field = process_map(analysis, "en", field="integration")
    assert "Integration" in field.subtitle
    assert field.n == 241
    forms = field.data.filter(pl.col("kind") == "form")
    assert dict(forms.select("indicator", "share").iter_rows())["single_cases"] == 135 / 241
    with pytest.raises(SamspillError, match="There is no field 'moon'"):
        process_map(analysis, "en", field="moon")


def test_process_map_of_a_group_counts_that_group_only():
    counts = {}
    vocabulary = FakeAnalysis().vocabulary
    for scheme in ("forms", "phases", "economic_relations"):
        for name in vocabulary.schemes[scheme]:
            for field in FIELDS:
                counts[name, field, "0"] = (10, 164)
                counts[name, field, "1"] = (70, 77)
    shown = process_map(FakeAnalysis(counts), "en", group=("has_policy", "1"))
    assert shown.n == 77
    assert set(shown.data["share"]) == {70 / 77}
    assert "Only units with a volunteer policy" in shown.subtitle


def test_centre_of_gravity_follows_the_weight():
    from samspill.presentation.figures.process import centre, heaviest

    rows = [
        ("form", "policy_development", 0.0, 0.1),
        ("form", "activity", 1.0, 0.3),
        ("phase", "policy_development", 0.0, 0.2),
        ("phase", "activity", 1.0, 0.4),
    ]
    data = pl.DataFrame(rows, schema=["kind", "phase", "position", "share"], orient="row")
    assert centre(data) == pytest.approx(0.75)
    assert heaviest(data) == "activity"
