"""Links in the documentation lead somewhere, and the repository names no machine or registry."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
METHODS = ROOT / "docs" / "methods"
METHOD_PAGES = sorted(page for page in METHODS.glob("*.md") if page.name != "README.md")
OTHER_THAN_METHODS = re.compile(r"/test_(instrument|norwegian_stems)_?")
TEST_FILE = re.compile(r"\(\.\./\.\./(tests/[\w/]+\.py)\)")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_to_files(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_method_page_says_formula_source_and_when_not_to_use_it():
    assert METHOD_PAGES
    for page in METHOD_PAGES:
        text = page.read_text(encoding="utf-8").lower()
        assert re.search(r"^## when not to", text, re.MULTILINE), page.name
        assert re.search(r"^## sources", text, re.MULTILINE), page.name


def _held_against(page: Path) -> tuple[str, list[str], list[str]]:
    """What the page says of others' numbers, its files with them, and its files of properties."""
    text = page.read_text(encoding="utf-8").partition("## Held against")[2]
    others, _, always = text.partition("**What must always hold**")
    return others, TEST_FILE.findall(others), TEST_FILE.findall(always)


@pytest.mark.parametrize("page", METHOD_PAGES, ids=lambda page: page.stem)
def test_every_method_is_held_against_others_numbers_and_what_must_always_hold(page):
    said, others, always = _held_against(page)
    assert "**Numbers by others**" in said
    assert others or "none published" in said
    assert always
    for name in {*others, *always}:
        assert "def test_" in (ROOT / name).read_text(encoding="utf-8"), name


def test_the_index_of_methods_names_the_same_tests():
    index = (METHODS / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| \[[^]]+\]\(([\w-]+)\.md\) \|(.+)\|$", index, re.MULTILINE))
    assert sorted(rows) == [page.stem for page in METHOD_PAGES]
    for page in METHOD_PAGES:
        told = [TEST_FILE.findall(cell) for cell in rows[page.stem].split(" | ")]
        assert told == list(_held_against(page)[1:]), page.stem


def test_every_oracle_of_a_method_stands_on_its_page():
    named = {name for page in METHOD_PAGES for name in _held_against(page)[1]}
    oracles = {f"tests/oracles/{path.name}" for path in (ROOT / "tests/oracles").glob("test_*.py")}
    assert {name for name in oracles - named if not OTHER_THAN_METHODS.search(name)} == set()


def test_no_registry_address_stands_in_the_pins():
    for pins in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in pins.read_text(encoding="utf-8")


def test_every_method_page_is_in_the_index():
    index = (METHODS / "README.md").read_text(encoding="utf-8")
    for page in METHOD_PAGES:
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
