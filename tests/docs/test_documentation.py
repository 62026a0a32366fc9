"""Links in the documentation lead somewhere, and the repository names no machine or registry."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_to_files(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_method_page_says_formula_source_and_when_not_to_use_it():
    pages = [p for p in (ROOT / "docs" / "methods").glob("*.md") if p.name != "README.md"]
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8").lower()
        assert re.search(r"^## when not to", text, re.MULTILINE), page.name
        assert re.search(r"^## sources", text, re.MULTILINE), page.name


def test_no_registry_address_stands_in_the_pins():
    for pins in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in pins.read_text(encoding="utf-8")


def test_every_method_page_is_in_the_index():
    methods = ROOT / "docs" / "methods"
    index = (methods / "README.md").read_text(encoding="utf-8")
    for page in methods.glob("*.md"):
        if page.name != "README.md":
            assert f"({page.name})" in index


def test_no_path_of_a_machine_stands_in_the_repository():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    home = re.compile(r"/(?:home|Users|root|work)/[\w.]+")
    suspects = [
        name
        for name in listed.stdout.split("\n")
        if name.endswith((".py", ".md", ".toml", ".json", ".ipynb", ".csv", ".txt", ".po"))
        and (ROOT / name).is_file()
        and home.search((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert suspects == []
