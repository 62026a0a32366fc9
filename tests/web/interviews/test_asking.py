"""The pages that ask the material show what the library gives, and lead to what was said."""

from __future__ import annotations

import re

import polars as pl
import pytest
from django.urls import reverse

from samspill.qualitative.queries import matrix, sides

CELL = re.compile(r"<t[hd].*?</t[hd]>")
NAMES = ("No overview", "No meeting point")


@pytest.fixture
def coded(study, codes, make_user):
    """Two interviews of each side, coded by two coders who differ here and there."""
    from samspill.web.interviews.actions import add_coding, add_sources
    from samspill.web.interviews.models import Source

    first, second = make_user("coder", study), make_user("coder", study)
    texts = [
        Source(
            name=f"Interview {n}",
            text="Leader: We have no list. Nobody knows who there is.\nLeader: We never meet.",
            side="organisation" if n % 2 else "municipality",
            fields=["integration"] if n < 2 else ["health_care"],
            speakers=["Leader"],
            consent="not_quoted" if n == 3 else "anonymous",
            role="leader",
        )
        for n in range(4)
    ]
    add_sources(actor=first, study=study, sources=texts)
    for n, source in enumerate(texts):
        add_coding(actor=first, source=source, start=8, end=24, code=codes[0])
        if n % 2:
            add_coding(actor=first, source=source, start=60, end=74, code=codes[1])
        add_coding(actor=second, source=source, start=8, end=51, code=codes[0])
    return study


@pytest.fixture
def tables(coded):
    from samspill.web.interviews.project import tables_of

    return tables_of(coded)


@pytest.fixture
def coder(client_of):
    client = client_of("coder")
    client.cookies["samspill_language"] = "en"
    return client


def open_page(client, name, query=None):
    answer = client.get(reverse(f"interviews:{name}", args=["trial"]), query or {})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def rows(page):
    """The cells of each row of the page's table, without tags."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in CELL.findall(row)]
        for row in re.findall(r"<tr.*?</tr>", body)
    ]


@pytest.mark.parametrize("by", ["field", "side"])
def test_the_matrix_is_the_librarys(coded, tables, coder, by):
    shown = rows(open_page(coder, "matrix", {"by": by, "measure": "sources"}))
    found = matrix(tables, list(NAMES), by, measure="sources")
    wide = found.wide().select(pl.exclude("name")).rows()
    assert [row[0] for row in shown] == list(NAMES)
    assert [[int(cell) for cell in row[1:]] for row in shown] == [list(row) for row in wide]


def test_a_cell_leads_to_its_passages(coded, coder):
    page = open_page(coder, "matrix", {"by": "side", "measure": "codings"})
    address = next(
        a for a in re.findall(r'href="([^"]*passages[^"]*)"', page) if "side=municipality" in a
    )
    passages = coder.get(address.replace("&amp;", "&")).content.decode()
    assert "4 passages" in passages
    assert passages.count("We have no list.") == 4


def test_the_matrix_goes_out_with_bases_and_intervals(coded, coder):
    address = reverse("interviews:matrix_file", args=["trial", "csv"])
    text = coder.get(address, {"by": "side"}).content.decode()
    lines = [line.split(",") for line in text.strip().splitlines()]
    assert any(line[0] == "No meeting point" and "2" in line for line in lines)
    assert len({len(line) for line in lines[-4:]}) == 1


def test_the_sides_are_the_librarys(coded, tables, coder):
    shown = {row[0]: row[1:] for row in rows(open_page(coder, "sides"))}
    found = sides(tables, list(NAMES), by=()).frame
    assert found["agreement"].to_list() == ["both", "organisation only"]
    assert shown["No overview"][0] == "100% 2 of 2"
    assert shown["No meeting point"][:2] == ["0% 0 of 2", "100% 2 of 2"]
    assert shown["No meeting point"][3] == "Only the organisations"


def test_agreement_and_differences_are_told_and_settled(coded, coder):
    page = open_page(coder, "agreement", {"by": "sentence"})
    assert "Over all codes, Cohen" in page
    page = open_page(coder, "differences")
    assert "6 differences are open" in page
    form = page.partition("<article")[2].partition("</article>")[0]
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    about = re.search(r'name="about" value="([^"]*)"', form)[1]
    answer = coder.post(
        reverse("interviews:decide", args=["trial"]),
        {**sent, "about": about, "stands": "stands", "reason": ""},
        follow=True,
    )
    assert "settled for a reason" in answer.content.decode()
    answer = coder.post(
        reverse("interviews:decide", args=["trial"]),
        {**sent, "about": about, "stands": "stands", "reason": "The shorter is enough."},
        follow=True,
    )
    assert "5 differences are open" in re.sub(r"\s+", " ", answer.content.decode())


def test_who_is_not_to_be_quoted_is_not(coded, coder):
    page = open_page(coder, "quotes")
    assert "withheld" in page
    assert "Interview 3" not in page


def test_words_are_found_in_their_forms(coded, coder):
    page = open_page(coder, "passages", {"q": "lists", "side": "municipality"})
    assert "2 passages" in page
    assert page.count("<mark>") == 2


def test_a_study_without_codings_says_how_to_begin(study, coder):
    for name in ("overview", "codes", "matrix", "sides", "together", "agreement", "memos"):
        assert "yet" in open_page(coder, name) or "needs two coders" in open_page(coder, name)


def test_what_was_settled_can_be_asked_of_alone(coded, coder, codes, make_user):
    from samspill.web.interviews.actions.settling import settle

    source = coded.sources.order_by("pk").first()
    first, second = source.codings.filter(code=codes[0]).order_by("end")
    about = {"source": source, "start": 8, "end": 51, "code": codes[0]}
    settle(
        actor=make_user("coder", coded),
        codings=[str(first.guid), str(second.guid)],
        stands=False,
        reason="It is about something else.",
        **about,
    )
    query = {"by": "side", "measure": "codings"}
    assert rows(open_page(coder, "matrix", query))[0][1:3] == ["4", "4"]
    page = open_page(coder, "matrix", {**query, "given": "settled"})
    assert rows(page)[0][1:3] == ["2", "4"]
    assert "given=settled" in next(
        a for a in re.findall(r'href="([^"]*passages[^"]*)"', page) if "side=municipality" in a
    )
    passages = {"code": str(codes[0].guid), "side": "municipality"}
    assert "4 passages" in open_page(coder, "passages", passages)
    assert "2 passages" in open_page(coder, "passages", {**passages, "given": "settled"})
    address = reverse("interviews:matrix_file", args=["trial", "csv"])
    told = coder.get(address, {**query, "given": "settled"}).content.decode()
    assert told != coder.get(address, query).content.decode()
