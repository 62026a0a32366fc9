"""The material goes to the library and comes back as it was."""

from __future__ import annotations

from samspill import qualitative as q


def _project():
    codes = (
        q.Code("11111111-1111-4111-8111-111111111111", "Barriers", codable=False),
        q.Code(
            "22222222-2222-4222-8222-222222222222",
            "No overview",
            parent="11111111-1111-4111-8111-111111111111",
            colour="#e0992e",
            definition="Nobody knows who does what.",
            concept="barriers/coordination/poor_overview",
        ),
    )
    coder = q.Coder("33333333-3333-4333-8333-333333333333", "Ida Holt", "IH")
    source = q.Source(
        "44444444-4444-4444-8444-444444444444",
        "Leader",
        "Leader: No list. 🎈 None.\nSo I ask.",
        unit="u1",
        side="municipality",
        fields=("health_care",),
        date="2026-03-02",
        speakers=("Leader",),
        times=(q.TimePoint(0, 1500),),
        attributes={"size": "small"},
        invented=True,
    )
    coding = q.Coding(
        "55555555-5555-4555-8555-555555555555",
        source.guid,
        8,
        16,
        codes[1].guid,
        coder.guid,
        "2026-03-03T10:00:00+00:00",
    )
    memo = q.Memo(
        "66666666-6666-4666-8666-666666666666",
        "Ask again.",
        title="To do",
        about=(coding.guid,),
        coder=coder.guid,
        created="2026-03-03T10:05:00+00:00",
    )
    return q.Project(
        name="Trial",
        coders=(coder,),
        codes=codes,
        sources=(source,),
        codings=(coding,),
        memos=(memo,),
    )


def test_a_project_taken_in_comes_out_the_same(study, make_user):
    from samspill.web.interviews.project import project_of, take_in

    study.units.create(identifier="u1")
    project = _project()
    taken = take_in(actor=make_user("owner", study), study=study, project=project)
    assert (taken.sources, taken.codes, taken.codings, taken.unknown_units) == (1, 2, 1, ())
    out = project_of(study)
    for part in ("coders", "codes", "sources", "codings", "memos"):
        assert getattr(out, part) == getattr(project, part)


def test_taking_in_twice_adds_nothing_and_can_be_undone(study, make_user):
    from samspill.web.interviews.changes import undo
    from samspill.web.interviews.project import project_of, take_in

    owner = make_user("owner", study)
    take_in(actor=owner, study=study, project=_project())
    again = take_in(actor=owner, study=study, project=_project())
    assert (again.sources, again.codes, again.codings, again.memos, again.coders) == (0,) * 5
    assert again.unknown_units == ()
    undo(actor=owner, study=study)
    empty = project_of(study)
    assert (empty.sources, empty.codes, empty.codings, empty.memos) == ((), (), (), ())


def test_a_unit_that_the_study_does_not_have_is_told_and_kept(study, make_user):
    from samspill.web.interviews.project import take_in

    taken = take_in(actor=make_user("owner", study), study=study, project=_project())
    assert taken.unknown_units == ("u1",)
    assert study.sources.get().attributes["unit"] == "u1"


def test_tables_follow_each_change_and_the_units(study, source, codes, make_user):
    from samspill.web.interviews.actions import add_coding
    from samspill.web.interviews.project import project_of, tables_of

    assert tables_of(study).codings.height == 0
    assert tables_of(study) is tables_of(study)
    add_coding(actor=make_user("coder", study), source=source, start=0, end=3, code=codes[0])
    tables, wanted = tables_of(study), project_of(study).tables()
    assert tables.codings.height == 1
    for part in ("sources", "codes", "codings"):
        assert getattr(tables, part).equals(getattr(wanted, part))
