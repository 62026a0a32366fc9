"""Texts come in by dropping files, names go out of them, and the project goes to another study."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]
TRANSCRIPT = (
    "Intervjuer: Hvem ringer dere?\nLeder: Kari Nordmann i Storbygda har ingen liste. 🎈\n"
    "Intervjuer: Hva ville hjelpe?\nLeder: Et møte, sa Kari."
)
DROP = """([form, files]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  form.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def _click(page, what, heading):
    """Click, and wait for the page that it leads to."""
    page.click(what)
    page.get_by_role("heading", name=heading, level=1).wait_for()
    page.wait_for_load_state()


def _study(slug, user):
    from samspill.web.studies.models import Study

    made = Study.objects.create(slug=slug, title={"nb": slug, "nn": slug, "en": slug}, year=2026)
    made.memberships.create(user=user, role="owner")
    return made


@pytest.fixture
def owner(transactional_db):
    from samspill.web.accounts.models import User

    return User.objects.create_user("owner@example.org", name="Ida Holt")


def test_files_dropped_pseudonymised_and_taken_to_another_study(visitor, owner, tmp_path):
    from samspill.web.interviews.actions import add_code, add_coding
    from samspill.web.interviews.project import project_of

    here, there = _study("here", owner), _study("there", owner)
    window = visitor(width=320, locale="en-GB")
    window.go("/")
    window.language("en")
    window.sign_in(owner)
    page = window.go("/studies/here/interviews/")
    window.inspect()
    _click(page, "text=Add texts", "Which texts")
    window.inspect()
    form = page.query_selector("#choose-files")
    page.evaluate(DROP, [form, [["club.txt", TRANSCRIPT], ["broken.pdf", "%PDF-1.4 nothing"]]])
    page.wait_for_selector("#results li[data-state=read]")
    page.wait_for_selector("#results li[data-state=refused]")
    page.wait_for_selector(".waiting-text")
    assert "broken.pdf" in page.inner_text("#results li[data-state=refused]")
    window.inspect()
    _click(page, "text=Look over and say what is known", "Is this the text")
    window.inspect()
    page.check("input[name=taken][value=Leder]")
    page.select_option("select[name=side]", "organisation")
    _click(page, "text=Note it", "Which texts")
    _click(page, "text=Add 1 text", "What do I code")
    source = here.sources.get()
    assert (source.text, source.side) == (TRANSCRIPT, "organisation")

    code = add_code(actor=owner, study=here, name="No list")
    start = TRANSCRIPT.index("Kari Nordmann i Storbygda")
    add_coding(actor=owner, source=source, start=start, end=start + 25, code=code)
    page = window.go("/studies/here/interviews/pseudonyms/suggested/")
    window.inspect()
    for name in ("Kari Nordmann", "Storbygda"):
        page.check(f"input[value='{name}']")
    _click(page, "text=Add the chosen names to the key", "Which names")
    page.click("text=Propose pseudonyms for 2 names")
    page.wait_for_selector("text=2 names have pseudonyms now")
    page.wait_for_load_state()
    window.inspect()
    _click(page, "text=See what would be replaced", "What would be replaced")
    window.inspect()
    _click(page, "text=Replace the names in 1 text", "Is any known name")
    window.inspect()
    source.refresh_from_db()
    coding = source.codings.get()
    assert "Kari" not in source.text
    assert "Storbygda" not in source.text
    assert source.text[coding.start : coding.end].count(" ") == 3
    assert source.text[coding.end :].startswith(" har ingen liste. 🎈")

    page = window.go("/studies/here/interviews/exchange/")
    window.inspect()
    with page.expect_download() as download:
        page.click("button[aria-label*='qdpx']")
    file = tmp_path / "here.qdpx"
    download.value.save_as(file)
    page = window.go("/studies/there/interviews/exchange/")
    page.set_input_files("input[type=file]", file)
    _click(page, "text=Read the file", "What is in the file")
    window.inspect()
    _click(page, "text=Take in what is new", "What do I code")
    ours, theirs = project_of(here), project_of(there)
    assert replace(theirs, guid=ours.guid, name=ours.name) == ours


def test_without_javascript_the_form_takes_several_files(visitor, owner, tmp_path):
    here = _study("here", owner)
    paths = []
    for name, text in (("one.txt", TRANSCRIPT), ("two.md", "# Two\n\nWords."), ("none.txt", " ")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        paths.append(tmp_path / name)
    window = visitor(javascript=False, locale="en-GB")
    window.go("/")
    window.language("en")
    window.sign_in(owner)
    page = window.go("/studies/here/interviews/sources/add/")
    page.set_input_files("input[type=file]", paths)
    page.click("text=Read the files")
    assert "none.txt" in page.inner_text(".messages")
    page.click("text=Add 2 texts")
    assert sorted(source.name for source in here.sources.all()) == ["one", "two"]
