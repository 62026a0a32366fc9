"""Material out to other programs and in from them, the same on both sides."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from qualitative.refi.qde import guid, qde

from samspill import qualitative as q
from samspill.qualitative.refi import qdc_bytes, qdpx_bytes, read_qdpx
from samspill.web.interviews.models import CarriedProject, Coding, WaitingProject
from samspill.web.interviews.project import project_of, take_in

START = "/studies/trial/interviews/exchange/"
SAMPLES = Path("../shared/samples/qda")


@pytest.fixture
def owner(study, make_user):
    return make_user("owner", study)


@pytest.fixture
def project():
    source = q.Source(q.new_guid(), "A club", "Leader: We have 🎈 no list.\nLeader: None.")
    code = q.Code(q.new_guid(), "No overview", colour="#e0992e")
    coder = q.Coder(q.new_guid(), "Ida Holt", "IH")
    start = source.text.index("We have")
    coding = q.Coding(
        q.new_guid(), source.guid, start, start + 17, code.guid, coder.guid,
        "2026-02-03T10:00:00Z",
    )  # fmt: skip
    memo = q.Memo(q.new_guid(), "A thought.", about=(coding.guid,))
    return q.Project("Other", (coder,), (code,), (source,), (coding,), (memo,))


@pytest.fixture
def held(study, owner, project):
    take_in(actor=owner, study=study, project=project)
    return project


def _upload(client, content, name="other.qdpx"):
    return client.post(START + "in/", {"file": SimpleUploadedFile(name, content)})


def _words(project):
    texts = {source.guid: source.text for source in project.sources}
    return {c.guid: texts[c.source][c.start : c.end] for c in project.codings}


def test_a_project_comes_in_after_it_has_been_looked_at(client_of, study, project):
    client = client_of("analyst")
    assert _upload(client, qdpx_bytes(project)).status_code == 302
    waiting = WaitingProject.objects.get()
    page = client.get(f"{START}in/{waiting.pk}/")
    shares = {share.kind: (share.new, share.here) for _label, share in page.context["shares"]}
    assert shares == dict.fromkeys(("sources", "codes", "codings", "memos", "coders"), (1, 0))
    assert not study.sources.exists()
    client.post(f"{START}in/{waiting.pk}/take-in/")
    got = project_of(study)
    assert _words(got) == _words(project) == {project.codings[0].guid: "We have 🎈 no list"[:17]}
    assert not WaitingProject.objects.exists()
    client.post(f"{START}in/{waiting.pk}/take-in/")
    assert study.sources.count() == 1


def test_what_goes_out_comes_in_again_the_same(client_of, study, held):
    client = client_of("analyst")
    content = client.post(START + "out/project/").content
    got = read_qdpx(content).project
    ours = project_of(study)
    assert replace(got, guid="", name="") == replace(ours, guid="", name="")


def test_the_same_project_twice_adds_nothing(client_of, study, held):
    client = client_of("analyst")
    _upload(client, client.post(START + "out/project/").content)
    waiting = WaitingProject.objects.get()
    page = client.get(f"{START}in/{waiting.pk}/")
    assert not page.context["fitted"].has_news
    before = project_of(study)
    client.post(f"{START}in/{waiting.pk}/take-in/")
    assert project_of(study) == before


def test_new_codings_go_with_their_words_where_a_text_was_edited(client_of, study, held, owner):
    from samspill.web.interviews.actions.editing import edit_text

    source = study.sources.get()
    edit_text(actor=owner, source=source, text="Interviewer: So?\n" + source.text, revision=0)
    (theirs,) = held.codings
    text = held.sources[0].text
    start = text.index("None")
    new = replace(theirs, guid=q.new_guid(), start=start, end=start + 4)
    client = client_of("analyst")
    _upload(client, qdpx_bytes(replace(held, codings=(theirs, new))))
    client.post(f"{START}in/{WaitingProject.objects.get().pk}/take-in/")
    coding = Coding.objects.get(guid=new.guid)
    source.refresh_from_db()
    assert source.text[coding.start : coding.end] == "None"


def test_a_codebook_goes_out_and_in(client_of, study, held):
    client = client_of("analyst")
    content = client.post(START + "out/codebook/").content
    study.memos.all().delete()
    Coding.objects.all().delete()
    study.codes.all().delete()
    _upload(client, content, "codes.qdc")
    client.post(f"{START}in/{WaitingProject.objects.get().pk}/take-in/")
    assert [code.name for code in study.codes.all()] == ["No overview"]


def test_the_folder_and_the_tables_hold_the_words(client_of, study, held):
    client = client_of("analyst")
    with zipfile.ZipFile(io.BytesIO(client.post(START + "out/folder/").content)) as archive:
        texts = [n for n in archive.namelist() if n.endswith(".txt")]
        assert archive.read(texts[0]).decode() == held.sources[0].text
    content = client.post(START + "out/codings/").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert row["words"] == _words(held)[held.codings[0].guid]
    assert (row["code"], row["coder"]) == ("No overview", "Ida Holt")
    codes = client.post(START + "out/codes/").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(codes)))["codings"] == "1"
    assert client.post(START + "out/nonsense/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.qdpx", b"PK\x03\x04 not whole"),
        ("words.qdpx", b"only words"),
        ("codes.qdc", b"<CodeBook>"),
        ("bomb.qde", b"<!DOCTYPE x [<!ENTITY a 'b'>]><Project name='&a;'/>"),
    ],
)
def test_a_broken_file_says_what_is_wrong_and_changes_nothing(client_of, study, name, content):
    answer = _upload(client_of("analyst"), content, name)
    assert answer.status_code == 422
    assert name in answer.content.decode()
    assert not WaitingProject.objects.exists()
    assert not study.changes.exists()


def test_positions_of_another_program_are_placed_by_evidence_and_may_be_overruled(
    client_of, study, project
):
    written = _from_another_program(project)
    client = client_of("analyst")
    _upload(client, written)
    waiting = WaitingProject.objects.get()
    page = client.get(f"{START}in/{waiting.pk}/")
    rows = page.context["policies"]
    assert [row["policy"].unit for row in rows if row["chosen"]] == ["utf16"]
    point = next(row for row in rows if row["policy"].unit == "codepoint")
    client.post(f"{START}in/{waiting.pk}/policy/", {"policy": point["key"]})
    rows = client.get(f"{START}in/{waiting.pk}/").context["policies"]
    assert [row["policy"].unit for row in rows if row["chosen"]] == ["codepoint"]
    client.post(f"{START}in/{waiting.pk}/policy/", {"policy": ""})
    client.post(f"{START}in/{waiting.pk}/take-in/")
    assert set(_words(project_of(study)).values()) == {"no list"}


def _from_another_program(project):
    """The project with one coding after the balloon, positions in UTF-16 units."""
    text = project.sources[0].text
    start = text.index("no list")
    coding = replace(project.codings[0], start=start, end=start + 7)
    content = qdpx_bytes(replace(project, codings=(coding,)))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as out:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith(".qde"):
                part = part.replace(b'origin="Samspill', b'origin="Other')
                for place in ("start", "end"):
                    at = coding.start if place == "start" else coding.end
                    part = part.replace(
                        f'{place}Position="{at}"'.encode(), f'{place}Position="{at + 1}"'.encode()
                    )
                part = part[: part.find(b"<?samspill")] + part[part.find(b"<Project") :] if (
                    b"<?samspill" in part
                ) else part  # fmt: skip
            out.writestr(name, part)
    return made.getvalue()


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_what_has_no_place_here_goes_out_again(client_of, study):
    client = client_of("analyst")
    content = (SAMPLES / "skyloom__TestProject.qdpx").read_bytes()
    _upload(client, content, "skyloom.qdpx")
    client.post(f"{START}in/{WaitingProject.objects.get().pk}/take-in/")
    assert CarriedProject.objects.get().name
    theirs = read_qdpx(content)
    ours = read_qdpx(client.post(START + "out/project/").content)
    kept = {
        k: n for k, n in theirs.contents().items() if k.endswith(("Source", "Selection", "Set"))
    }
    assert kept
    assert {k: ours.contents().get(k) for k in kept} == kept


def test_what_is_carried_holds_nobodys_words(study, owner, project):
    from samspill.qualitative.refi.carried import Carried
    from samspill.web.interviews.actions.exchange import take_in_project

    carried = Carried(whole=(project.codings[0].guid,))
    take_in_project(actor=owner, study=study, project=replace(project, carried=carried))
    with zipfile.ZipFile(io.BytesIO(bytes(CarriedProject.objects.get().content))) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert b"no list" not in held
    assert b"A thought" not in held


def test_taking_material_out_stands_in_the_log(client_of, study, held):
    from samspill.web.audit.models import Event

    client_of("analyst").post(START + "out/project/")
    assert Event.objects.filter(action="interviews.export", study=study.slug).exists()


def test_large_material_is_exchanged_in_the_worker(client_of, study, held, monkeypatch):
    from samspill.web.interviews.exchange import work
    from samspill.web.jobs.models import Job
    from samspill.web.jobs.running import run_job

    monkeypatch.setattr(work, "LARGE_TEXTS", 0)
    client = client_of("analyst")
    answer = client.post(START + "out/project/")
    job = Job.objects.get()
    assert str(job.pk) in answer["Location"]
    run_job.func(str(job.pk))
    content = b"".join(client.get(f"/jobs/{job.pk}/result").streaming_content)
    assert read_qdpx(content).project.sources[0].text == held.sources[0].text
    other = replace(held.sources[0], guid=q.new_guid(), name="New")
    _upload(client, qdpx_bytes(q.Project("More", sources=(other,))))
    client.post(f"{START}in/{WaitingProject.objects.get().pk}/take-in/")
    run_job.func(str(Job.objects.exclude(pk=job.pk).get().pk))
    assert study.sources.count() == 2
    assert not WaitingProject.objects.exists()


def test_a_file_that_waits_is_ones_own(client_of, study, project, client, make_user):
    _upload(client_of("analyst"), qdpx_bytes(project))
    waiting = WaitingProject.objects.get()
    client.force_login(make_user("owner", study))
    assert client.get(f"{START}in/{waiting.pk}/").status_code == 404
    assert client.post(f"{START}in/{waiting.pk}/leave/").status_code == 404
    assert WaitingProject.objects.exists()


@pytest.mark.parametrize("role", ["coder", "reader"])
@pytest.mark.parametrize(
    "page", ["", "out/project/", "in/", "in/1/", "in/1/policy/", "in/1/take-in/", "in/1/leave/"]
)
def test_coders_and_readers_exchange_nothing(client_of, study, role, page):
    client = client_of(role)
    assert client.get(START + page).status_code == 403
    assert client.post(START + page).status_code == 403


def test_an_empty_codebook_is_refused_in_words(client_of, study):
    answer = client_of("analyst").post(START + "out/codebook/", follow=True)
    assert [str(m) for m in answer.context["messages"]]
    assert qdc_bytes((q.Code(q.new_guid(), "x"),))


def test_a_transcript_of_another_program_is_coded_here_and_goes_back(client_of, study, owner):
    from samspill.web.interviews.actions import add_coding

    said = "Leader: We have no list."
    host = (
        f'<Sources><AudioSource guid="{guid(1)}" name="Sound">'
        f'<Transcript guid="{guid(2)}" plainTextPath="internal://t.txt"/></AudioSource></Sources>'
    )
    client = client_of("analyst")
    _upload(client, qde(host, {"Sources/t.txt": said.encode()}))
    client.post(f"{START}in/{WaitingProject.objects.get().pk}/take-in/")
    source = study.sources.get()
    assert (source.name, source.text) == ("Sound", said)
    assert said.encode() not in b"".join(bytes(one.content) for one in CarriedProject.objects.all())
    coding = add_coding(actor=owner, source=source, start=8, end=23, code=study.codes.get())
    got = read_qdpx(client.post(START + "out/project/").content)
    assert got.contents()["Transcript"] == got.contents()["TranscriptSelection"] == 1
    assert _words(got.project) == {str(coding.guid): "We have no list"}
