"""Reading and sending the forms of a page as a browser would, from its HTML alone."""

from __future__ import annotations

from lxml import html


def read_form(answer, identifier="answers"):
    """The form of a page as ``{name: [values]}``, with what is chosen and written in it, and the
    values that its inputs offer."""
    page = html.fromstring(answer.content)
    (form,) = page.xpath(f"//form[@id='{identifier}']")
    sent: dict[str, list[str]] = {}
    offered: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@name]|.//textarea[@name]"):
        name, kind = field.get("name"), field.get("type", "text")
        if field.tag == "textarea":
            sent[name] = [(field.text or "").removeprefix("\n")]
            offered[name] = []
        elif kind in {"radio", "checkbox"}:
            offered.setdefault(name, []).append(field.get("value"))
            if field.get("checked") is not None:
                sent.setdefault(name, []).append(field.get("value"))
        else:
            sent[name] = [field.get("value", "")]
            if kind != "hidden":
                offered[name] = []
    return sent, offered


def walk(client, base, answer_to, start=None):
    """Go through a questionnaire from its first page to the review, sending every page.

    ``answer_to(name, offered)`` gives what is sent for an input, a list; it is asked of what the
    pages show and nothing else. Returns the steps met, in order.
    """
    page = client.get(base)
    (address,) = html.fromstring(page.content).xpath("(//main//a[@class='ds-button'])[1]/@href")
    met = []
    while "/page/" in address:
        met.append(address.split("/page/")[1].split("/")[0])
        page = client.get(address)
        assert page.status_code == 200
        sent, offered = read_form(page)
        for name, values in offered.items():
            sent[name] = answer_to(name, values)
        target = html.fromstring(page.content).xpath("//form[@id='answers']/@action")[0]
        sent = {name: values for name, values in sent.items() if name != "csrfmiddlewaretoken"}
        moved = client.post(target, {**sent, "go": "next"})
        assert moved.status_code == 303, html.fromstring(moved.content).text_content()
        assert len(met) < 200
        address = moved["Location"]
    return met
