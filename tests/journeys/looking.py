"""axe on a page: what it asks, and of which parts.

Contrast is dear to compute and depends on nothing but how an element and those around it are made
(their tags, classes and states), so a walk asks it once of each part made alike. All other rules
are asked of every page, where of rows alike beside each other the first ones are looked at.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

WHERE_IT_MAY_DIFFER = ("scrollable-region-focusable", "target-size", "color-contrast")

ONLY_WHAT_PLAYS = {"assets": ["media"]}
"""What axe reads of a page beforehand. It would else copy all style sheets at each look, which no
rule that is asked needs (axe-core API, "Preload")."""

MARK = r"""
() => {
  const LEFT_OUT = new Set(('id href src srcset for name value alt title aria-labelledby'
    + ' aria-describedby aria-controls aria-label aria-valuetext aria-valuenow').split(' '));
  const hash = text => {
    let a = 5381, b = 52711;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = (a * 33) ^ c; b = (b * 37) ^ c;
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };
  const self = e => e.localName + [...e.attributes].map(a =>
    LEFT_OUT.has(a.name) ? ' ' + a.name : ` ${a.name}=${a.value}`).sort().join('')
    + (e.checked ? ' checked' : '') + (e.disabled ? ' disabled' : '');
  const made = new Map();
  const making = e => {
    const own = hash(self(e) + [...e.children].map(making).join());
    made.set(e, own);
    return own;
  };
  making(document.documentElement);
  const seen = new Set(JSON.parse(sessionStorage.getItem('looked-at') || '[]'));
  const found = [];
  const mark = (e, around) => {
    const place = hash(around + made.get(e));
    if (seen.has(place)) { e.dataset.lookedAt = 'before'; return; }
    found.push(place);
    const below = hash(around + self(e));
    const alike = new Map();
    for (const child of e.children) {
      const number = (alike.get(made.get(child)) || 0) + 1;
      alike.set(made.get(child), number);
      if (number > 2) child.dataset.lookedAt = 'beside';
      else mark(child, below);
    }
  };
  mark(document.documentElement, '');
  for (const place of found) seen.add(place);
  sessionStorage.setItem('looked-at', JSON.stringify([...seen]));
  return found.length > 0;
}
"""
BESIDE, BEFORE = '[data-looked-at="beside"]', "[data-looked-at]"


def look(
    page: Any,
    *,
    rules: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    passing_by: str = "",
) -> None:
    """axe finds nothing; of all its rules or only ``rules``, ``without`` some, and ``passing_by``
    the parts that a selector finds."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_axe().axe_script)
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": ONLY_WHAT_PLAYS}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    if without:
        options["rules"] = {rule: {"enabled": False} for rule in without}
    context = {"exclude": [[passing_by]]} if passing_by else {}
    asked = f"axe.run({json.dumps(context or None)} || document, {json.dumps(options)})"
    found = page.evaluate(f"{asked}.then(all => ({{violations: all.violations}}))")
    said = json.dumps(found["violations"], indent=1, ensure_ascii=False)
    assert found["violations"] == [], f"{page.url}: {said}"


def bring_axe(page: Any) -> None:
    """axe is there on every page that is opened from now on, without being sent each time."""
    page.context.add_init_script(_axe().axe_script)


def _axe() -> Any:
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
