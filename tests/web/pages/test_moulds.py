"""A page that is filled in is, byte for byte, the page that its template gives."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.web.pages.context import site
from samspill.web.pages.moulds import filled

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["<b>", "'\"&", "{{ title }}", "{% if %}", "%(unit)s", "%", "slot", "\n"]
)
NUMBER = st.integers(0, 2_000_000)
FIXED = st.fixed_dictionaries(
    {
        "title": TEXT,
        "step": TEXT,
        "sheet_language": st.sampled_from(["nb", "en"]),
        "comes": st.booleans(),
        "answers_here": st.booleans(),
        "saved_title": TEXT,
        "saved_here": st.booleans(),
        "saved_page": TEXT,
        "left": st.integers(0, 3),
        "collection_title": TEXT,
        "invented": st.booleans(),
        "entering": TEXT,
    }
)
SLOTS = st.fixed_dictionaries(
    {
        "form": TEXT,
        "shown": TEXT,
        "base": TEXT,
        "unit_name": TEXT,
        "here": TEXT,
        "base_revision": NUMBER,
        "number": NUMBER,
        "count": NUMBER,
        "answered": NUMBER,
        "asked": NUMBER,
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(fixed=FIXED, slots=st.lists(SLOTS, min_size=2, max_size=2), language=st.data())
def test_what_is_filled_in_is_what_the_template_gives(rf, fixed, slots, language):
    request = rf.get("/")
    request.resolver_match = None
    template = "answering/step.html"
    with translation.override(language.draw(st.sampled_from(["nb", "nn", "en"]))):
        for given_slots in slots:
            whole = {**site(), **fixed, **given_slots}
            plain = render_to_string(template, {**whole, "csrf_token": "t"})
            shown = filled(template, fixed, given_slots, request)
            assert TOKEN.sub(r"\1t", shown) == plain


def test_each_page_has_a_token_of_its_readers_own(rf):
    first, second = rf.get("/"), rf.get("/")
    for request in (first, second):
        page = filled("answering/step.html", {"title": "A"}, {"base": "/a/"}, request)
        (token,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert len(token) == len(re.sub(r"\W", "", token)) == 64
    assert first.META["CSRF_COOKIE"] != second.META["CSRF_COOKIE"]


def test_a_template_cannot_decide_by_what_is_filled_in_afterwards(rf):
    with pytest.raises(TypeError):
        filled("answering/step.html", {}, {"saved_title": "First"}, rf.get("/"))
