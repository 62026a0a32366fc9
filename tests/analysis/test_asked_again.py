"""A question asked again has the same answer, whatever was done to the frame of the first."""

import polars as pl
import pytest

from samspill.analysis import open_study

QUESTIONS = {
    "shares": lambda a: a.shares("has_relation"),
    "differences": lambda a: a.differences("has_relation", by="has_policy"),
    "policy effects": lambda a: a.policy_effects(),
    "check": lambda a: a.check(),
    "cells": lambda a: a.cells("has_relation", "has_policy"),
}


@pytest.fixture(scope="module")
def analysis():
    return open_study("norway-2018")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_frame_that_its_reader_changes_is_the_readers_own(analysis, question):
    first = QUESTIONS[question](analysis)
    before = first.frame.clone()
    first.frame.insert_column(0, pl.Series("own", [0] * before.height))
    first.frame.drop_in_place("field")
    again = QUESTIONS[question](analysis)
    assert again.frame.equals(before)


def test_another_level_and_other_fields_are_other_questions(analysis):
    shares = analysis.shares("has_relation")
    assert not shares.frame.equals(analysis.shares("has_relation", level=0.5).frame)
    assert not shares.frame.equals(analysis.shares("has_relation", by="has_policy").frame)
    field = analysis.fields[0]
    assert set(analysis.shares("has_relation", fields=[field]).frame["field"]) == {field}
    assert not shares.frame.equals(analysis.shares("has_relation", finite_population=True).frame)
