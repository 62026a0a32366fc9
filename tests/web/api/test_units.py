"""Units that are sent are taken in as those of a file: all, or none with every fault."""

import pytest

from samspill.web.audit.models import Event
from samspill.web.studies.models import Attribute

OSLO = {"unit": "k1", "code": "0301", "name": "Oslo", "values": {"has_policy": "yes", "size": 7}}
HALDEN = {"unit": "k2", "code": "3001", "name": "Halden", "values": {"has_policy": "no"}}
NEW = {"unit": "k3", "code": "1", "name": "a"}
BOTH = {"units": [OSLO, HALDEN], "types": {"size": "number"}}


def test_units_come_in_with_names_and_attributes(send, study):
    answer = send("put", "units", BOTH)
    assert answer.json() == {"new": 2, "changed": 0, "ceased": 0}
    unit = send("get", "units/k1").json()
    assert [(name["code"], name["name"]) for name in unit["names"]] == [("0301", "Oslo")]
    assert {v["attribute"]: v["value"] for v in unit["values"]} == {
        "has_policy": "yes",
        "size": "7",
    }
    assert Attribute.objects.get(identifier="size").type == "number"
    assert Event.objects.get(action="studies.import_frame").new["units"] == 2


def test_the_same_units_again_change_nothing(send, study):
    send("put", "units", BOTH)
    events = Event.objects.count()
    assert send("put", "units", BOTH).json() == {"new": 0, "changed": 0, "ceased": 0}
    assert Event.objects.count() == events


def test_a_change_from_a_day_keeps_what_held_before(send, study):
    send("put", "units", BOTH)
    changed = {"unit": "k2", "code": "3101", "name": "Halden", "valid_from": "2024-01-01"}
    assert send("put", "units", {"units": [changed]}).json()["changed"] == 1
    names = send("get", "units/k2").json()["names"]
    assert [(name["code"], name["valid_to"]) for name in names] == [
        ("3001", "2024-01-01"),
        ("3101", None),
    ]


def test_a_value_alone_leaves_the_name_as_it_is(send, study):
    send("put", "units", BOTH)
    send("put", "units", {"units": [{"unit": "k2", "values": {"has_policy": "yes"}}]})
    unit = send("get", "units/k2").json()
    assert [name["name"] for name in unit["names"]] == ["Halden"]
    assert [value["value"] for value in unit["values"]] == ["yes"]


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ({"unit": "k 3", "code": "1", "name": "a"}, "units.1.unit"),
        ({"unit": "k1", "code": "1", "name": "a"}, "units.1.unit"),
        ({"unit": "k3", "code": "0301", "name": "a"}, "units.1.code"),
        ({"unit": "k3", "name": "a"}, "units.1.code"),
        ({"unit": "k3", "code": "1"}, "units.1.name"),
        (
            {"unit": "k3", "code": "1", "name": "a", "values": {"size": "big"}},
            "units.1.values.size",
        ),
        ({**NEW, "values": {"Ø l": "1"}}, "units.1.values.Ø l"),
        ({"unit": "k3", "code": "1", "name": "a\0"}, "body.content.units.1.name"),
        ({"code": "1", "name": "a"}, "body.content.units.1.unit"),
        (
            {"unit": "k3", "code": "1", "name": "a", "valid_from": "0001-01-01"},
            "body.content.units.1.valid_from",
        ),
    ],
)
def test_one_fault_keeps_all_out_and_has_its_place(send, study, unit, place):
    answer = send("put", "units", {"units": [OSLO, unit], "types": {"size": "number"}})
    assert answer.status_code == 422
    assert [fault["place"] for fault in answer.json()["faults"]] == [place]
    assert all(fault["message"] for fault in answer.json()["faults"])
    assert not study.units.exists()
    assert not study.attributes.exists()


def test_units_left_out_cease_when_a_day_is_given(send, study):
    send("put", "units", BOTH)
    answer = send("put", "units", {"units": [OSLO], "gone_on": "2026-01-01"})
    assert answer.json()["ceased"] == 1
    assert str(study.units.get(identifier="k2").ceased_on) == "2026-01-01"


def test_a_wave_is_added_once(send, study):
    wave = {"wave": "spring", "title": {"nn": "Våren"}, "reference_date": "2026-03-01"}
    assert send("post", "waves", wave, role="owner").status_code == 201
    again = send("post", "waves", wave, role="owner")
    assert again.status_code == 400
    assert again.json()["next_step"]
    assert [row["title"] for row in send("get", "waves").json()] == [{"nn": "Våren"}]


def test_a_wave_has_a_title(send, study):
    wave = {"wave": "spring", "title": {"nn": " "}, "reference_date": "2026-03-01"}
    assert send("post", "waves", wave, role="owner").status_code == 422
    assert not study.waves.exists()
