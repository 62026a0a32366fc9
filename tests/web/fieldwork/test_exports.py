"""A collection leaves as a study folder and comes back without loss."""

from __future__ import annotations

import datetime
import random

import polars as pl
import pytest
from django.utils import timezone
from instrument.instrument_examples import small
from web.fieldwork.fielding import answer, ask, guesses, make_collection, make_units

from samspill.analysis import open_study
from samspill.errors import InvalidInput, SamspillError
from samspill.instrument import shipped_instrument
from samspill.study import export_study, read_study
from samspill.web.audit.models import Event
from samspill.web.fieldwork.exports import (
    collection_study,
    import_responses,
    write_collection_folder,
)
from samspill.web.fieldwork.models import SavedPage

INSTRUMENTS = {
    "small": small,
    "pulse": lambda: shipped_instrument("pulse"),
    "norway-2018": lambda: shipped_instrument("norway-2018"),
}


@pytest.fixture(params=sorted(INSTRUMENTS))
def fielded(request, study, wave):
    """A collection in which some answered on the web, some by phone, some broke off, some not."""
    instrument = INSTRUMENTS[request.param]()
    units = make_units(study, 24, {"size": ["large", "small", "small"], "county": ["a", "b"]})
    collection = make_collection(study, wave, instrument)
    source = random.Random(request.param)
    respondents = ask(collection, units)
    for place, respondent in enumerate(respondents[:18]):
        share = 0.1 if place % 6 == 5 else 0.95
        answers = guesses(instrument, source, share)
        mode = ("web", "phone", "paper")[place % 3]
        answer(respondent, instrument, answers, submit=place % 3 != 2, mode=mode)
    return collection


def test_the_folder_is_a_sound_study_that_opens(fielded, tmp_path):
    folder = write_collection_folder(fielded, tmp_path / "out", texts=True)
    read = read_study(folder)
    assert read == collection_study(fielded)
    analysis = open_study(folder)
    assert not analysis.changed_files
    assert read.population_size == 24
    assert analysis.respondents > 8
    assert set(read.provenance["provenance"]) == {"observed"}
    assert read.units.columns == ["unit", "response", "mode", "county", "size"]


def test_out_and_in_again_changes_nothing(fielded, make_user, tmp_path):
    owner = make_user("owner", fielded.study)
    first = collection_study(fielded, break_offs=True)
    folder = write_collection_folder(fielded, tmp_path / "out", break_offs=True, texts=True)
    again = fielded.study.collections.create(
        wave=fielded.wave, version=fielded.version, identifier="again", title=fielded.title
    )
    count = import_responses(actor=owner, collection=again, study=read_study(folder))
    second = collection_study(again, break_offs=True)
    assert count == first.answers["unit"].n_unique()
    for name, table in first.tables.items():
        assert second.tables[name].equals(table), name
    event = Event.objects.get(action="fieldwork.import_responses")
    assert event.new["responses"] == count


@pytest.mark.parametrize("format_", ["csv", "parquet", "sav", "dta"])
def test_labelled_files_follow(fielded, tmp_path, format_):
    for path in export_study(collection_study(fielded), tmp_path, format_, language="en"):
        assert path.stat().st_size > 100


def test_what_was_refused_or_does_not_belong_is_not_given_out(fielded):
    first, second = list(fielded.respondents.order_by("pk")[:2])
    first.refused_at = timezone.now()
    first.save()
    second.ineligible = "Merged in 2020"
    second.save()
    study = collection_study(fielded, break_offs=True)
    answered = set(study.answers["unit"])
    assert not answered & {first.unit.identifier, second.unit.identifier}
    assert second.unit.identifier not in set(study.units["unit"])
    row = study.units.filter(unit=first.unit.identifier).row(0, named=True)
    assert (row["response"], row["mode"]) == ("none", None)


def test_words_of_respondents_stay_out_of_what_others_shall_read(study, wave, tmp_path):
    instrument = shipped_instrument("norway-2018")
    collection = make_collection(study, wave, instrument)
    (one,) = ask(collection, make_units(study, 1))
    answer(one, instrument, guesses(instrument, random.Random(1), 1.0))
    with_words = collection_study(collection)
    assert with_words.answers.filter(variable="challenges").height == 1
    folder = write_collection_folder(collection, tmp_path / "out")
    assert read_study(folder).answers.filter(variable="challenges").height == 0


def test_attributes_are_those_of_the_reference_date(study, wave):
    (unit,) = make_units(study, 1)
    size = study.attributes.create(identifier="size", label={"en": "Size"}, type="number")
    day = wave.reference_date
    for value, start, end in (
        ("1000", None, day),
        ("1200.5", day, day + datetime.timedelta(1)),
        ("1500", day + datetime.timedelta(1), None),
    ):
        unit.values.create(attribute=size, value=value, valid_from=start, valid_to=end)
    collection = make_collection(study, wave, small())
    ask(collection, [unit])
    assert collection_study(collection).units["size"].to_list() == [1200.5]


def test_an_attribute_named_as_a_question_is_refused(study, wave):
    units = make_units(study, 2, {"importance": ["x", "y"]})
    collection = make_collection(study, wave, small())
    ask(collection, units)
    with pytest.raises(SamspillError, match="importance"):
        collection_study(collection)


def test_a_folder_that_does_not_fit_is_refused_whole(fielded, make_user, tmp_path):
    owner = make_user("owner", fielded.study)
    good = collection_study(fielded)
    again = fielded.study.collections.create(
        wave=fielded.wave, version=fielded.version, identifier="again", title=fielded.title
    )
    strange = pl.DataFrame(
        {"unit": ["u001"], "field": [""], "variable": ["nothing"], "value": ["1"]}
    )
    for study in (
        good.with_tables(answers=pl.concat([good.answers, strange])),
        good.with_tables(units=good.units.with_columns(pl.col("unit") + "x")),
    ):
        with pytest.raises(InvalidInput):
            import_responses(actor=owner, collection=again, study=study)
    assert not again.respondents.exists()
    with pytest.raises(SamspillError, match="u001"):
        import_responses(actor=owner, collection=fielded, study=good)
    assert not SavedPage.objects.filter(response__respondent__collection=again).exists()
