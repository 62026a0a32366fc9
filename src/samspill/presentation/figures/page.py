"""A figure as a page of its own: interactive, with everything it needs inside it."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from samspill.language import language as conventions

if TYPE_CHECKING:
    from samspill.presentation.figures.model import Figure

_SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)
STYLE = """
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; background: #fff; color: #17212b;
  font: 1rem/1.5 system-ui, "Liberation Sans", Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .25rem; }
p { max-width: 42rem; color: #56636f; margin: .5rem 0; }
.warning { color: #a3262a; font-weight: 700; }
.scroll { overflow-x: auto; }
.scroll > div { min-width: 42rem; width: 100%; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid #d9dfe4; }
tbody th { font-weight: normal; }
th[scope=rowgroup] { font-weight: 600; }
.number { text-align: right; }
"""


def figure_page(figure: Figure) -> str:
    """``figure`` as an HTML page that runs without a network."""
    import vl_convert

    spec = figure.to_spec(width="container")
    spec["usermeta"] = {"embedOptions": {"actions": False}}
    drawn = vl_convert.vegalite_to_html(spec, bundle=True, renderer="svg")
    scripts = "".join(_SCRIPTS.findall(drawn))
    warning = f'<p class="warning">{escape(figure.warning)}</p>' if figure.warning else ""
    name = f"{figure.number} {figure.title}"
    return (
        f'<!doctype html><html lang="{conventions(figure.language).tag}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(name)}</title><style>{STYLE}</style></head><body><main>"
        f"{warning}<h1>{escape(name)}</h1><p>{escape(figure.subtitle)}</p>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(figure.title)}">'
        f'<div id="vega-chart" role="img" aria-label="{escape(figure.alt)}"></div></div>'
        f"<p>{escape(figure.note)}</p>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(figure.table.title)}">'
        f"{figure.table.to_html()}</div></main>{scripts}</body></html>"
    )
