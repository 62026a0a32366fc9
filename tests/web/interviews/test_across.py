"""Beside a code on the page of a text: what the other side says of the same."""

from __future__ import annotations

import pytest


@pytest.fixture
def told(study, source, codes, make_user):
    """A text of the municipality in the same field, one in another, both coded."""
    from samspill.web.interviews.actions import add_coding, add_sources
    from samspill.web.interviews.models import Source

    owner = make_user("owner", study)
    made = [
        Source(name=name, text=f"Head: Hello.\nHead: {words}", side="municipality", fields=[field])
        for name, words, field in (
            ("Culture", "We lack a list there.", "culture_leisure"),
            ("Health", "We lack a list here.", "health_care"),
            ("Silent", "We have one.", "health_care"),
        )
    ]
    add_sources(actor=owner, study=study, sources=made)
    for text in made[:2]:
        at = text.text.index("We lack")
        add_coding(actor=owner, source=text, start=at, end=at + 14, code=codes[0])
    return made


def _page(client_of, study, source, code):
    client = client_of("coder")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client.get(
        f"/studies/{study.slug}/interviews/sources/{source.guid}/other-side/{code.pk}/"
    )


def test_the_other_side_is_shown_with_its_base_and_links(client_of, study, source, codes, told):
    page = _page(client_of, study, source, codes[0])
    shown = " ".join(page.content.decode().split())
    assert "What municipalities say of the same" in shown
    assert "1 of 2 texts in the same field" in shown
    assert "in all fields 2 of 3" in shown
    assert [row["name"] for row in page.context["passages"]] == ["Health", "Culture"]
    assert f"/sources/{told[1].guid}/#p2" in shown
    assert "side=municipality" in shown


def test_where_nobody_was_asked_it_says_so(client_of, study, source, codes):
    shown = _page(client_of, study, source, codes[0]).content.decode()
    assert "silence says nothing" in shown


def test_a_text_of_neither_side_has_none_beside_it(client_of, study, source, codes):
    source.side = ""
    source.save()
    shown = _page(client_of, study, source, codes[0]).content.decode()
    assert "which side this text is of" in shown


def test_a_code_of_another_study_is_not_found(client_of, study, source, codes):
    codes[0].pk += 10_000
    assert _page(client_of, study, source, codes[0]).status_code == 404
