"""Set up Samspill's environment and run one command in it.

    python3 start.py demo        the application with made-up studies, opened in the browser
    python3 start.py test        every check the project runs, tests included
    python3 start.py run CMD …   any command inside the environment
    python3 start.py pins        resolve the pinned versions anew

Needs Python 3.11 or newer with pip, and nothing else: uv is installed into
``.tools``, the environment into ``.venv``, both beside this file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
STAMP = VENV / ".samspill-pins"
SPARK, SPARK_STAMP = REQUIREMENTS / "spark.txt", VENV / ".samspill-spark"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)
IN_PARALLEL = ("--numprocesses=2", "--no-loadscope-reorder", "--durations=25")
ON_POSTGRESQL = "not journey and not long and not any_database"
POSTGRESQL = "postgresql://postgres@127.0.0.1:5432"


class SetupError(Exception):
    """One sentence saying what is wrong, and one saying what to do."""


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    try:
        if command == "demo":
            prepare(last_level() or "runtime")
            return run(["samspill", "demo", *rest])
        if command == "test":
            prepare("dev")
            prepare_spark()
            return test(rest)
        if command == "run" and rest:
            prepare(last_level() or "runtime")
            return run(rest)
        if command == "pins":
            return resolve_pins()
    except SetupError as error:
        print(f"start.py: {error}", file=sys.stderr)
        return 1
    print(__doc__)
    return 0 if command in {"help", "--help", "-h"} else 2


def test(arguments: list[str]) -> int:
    """All checks, or pytest alone with ``arguments`` when some are given.

    The short checks run beside each other and beside the tests on PostgreSQL, and end before those
    in a browser, which waits for nobody.
    Python keeps what it has compiled: each of the many processes would else compile all anew.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if arguments:
        return run(["pytest", *arguments])
    checks = {" ".join(check): begin(list(check)) for check in CHECKS}
    failed = []
    if postgresql_answers():
        there = {"DATABASE_URL": f"{POSTGRESQL}/samspill"}
        if run(["pytest", *IN_PARALLEL, "tests/web", "-m", ON_POSTGRESQL], there):
            failed.append("pytest on PostgreSQL")
    for check, begun in checks.items():
        said, _ = begun.communicate()
        print(f"{check}: {said.strip() or 'nothing to say'}", flush=True)
        if begun.returncode:
            failed.append(check)
    if run(["pytest", *IN_PARALLEL]):
        failed.append("pytest")
    if failed:
        print(f"start.py: failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def postgresql_answers() -> bool:
    """Whether a PostgreSQL server on this machine lets the tests in."""
    trial = f"import psycopg; psycopg.connect('{POSTGRESQL}/postgres', connect_timeout=2)"
    done = subprocess.run([BIN / "python", "-c", trial], capture_output=True, check=False)
    return done.returncode == 0


def run(command: list[str], variables: dict[str, str] | None = None) -> int:
    command, environment = inside(command)
    try:
        return subprocess.run(command, env=environment | (variables or {}), check=False).returncode
    except KeyboardInterrupt:
        return 130


def begin(command: list[str]) -> subprocess.Popen[str]:
    """Start a command beside others; what it says is kept until it is asked for."""
    command, environment = inside(command)
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def inside(command: list[str]) -> tuple[list[str], dict[str, str]]:
    """The command as it is called in the environment, and the variables it gets there."""
    environment = dict(os.environ)
    environment["VIRTUAL_ENV"] = str(VENV)
    environment["PATH"] = f"{BIN}{os.pathsep}{environment.get('PATH', '')}"
    environment.pop("PYTHONHOME", None)
    program = shutil.which(command[0], path=environment["PATH"])
    if program is None:
        raise SetupError(
            f"there is no command '{command[0]}' in the environment. "
            "Try: python3 start.py run samspill --help"
        )
    return [program, *command[1:]], environment


def prepare(level: str) -> None:
    """Bring ``.venv`` to the pinned versions of ``level`` (``runtime`` or ``dev``)."""
    if sys.version_info < (3, 11):
        raise SetupError("Python 3.11 or newer is needed. Install it and run this again with it.")
    present = installed_level()
    if present == "dev" or (present and present == level):
        return
    uv = find_uv()
    print(f"Setting up the environment ({level}); this is done once …", file=sys.stderr)
    if not (BIN / Path(sys.executable).name).exists() and not (BIN / "python").exists():
        call([uv, "venv", "--quiet", "--python", sys.executable, "--no-python-downloads", VENV])
    python = ["--python", str(VENV)]
    pins = REQUIREMENTS / f"{level}.txt"
    call([uv, "pip", "sync", "--quiet", "--require-hashes", *python, pins])
    editable = ["--no-deps", "--no-build-isolation", "--editable", ROOT]
    call([uv, "pip", "install", "--quiet", *python, *editable])
    STAMP.write_text(stamp(level), encoding="utf-8")


def prepare_spark() -> None:
    """Bring PySpark into ``.venv`` where there is a Java for it; half a gigabyte, done once.

    It comes as source, and is built with the pinned setuptools that ``.venv`` holds already.
    """
    pins = hashlib.sha256(STAMP.read_bytes() + SPARK.read_bytes()).hexdigest()
    held = SPARK_STAMP.read_text(encoding="utf-8") if SPARK_STAMP.exists() else ""
    if held == pins or not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return
    print("Setting up PySpark for its tests; this is done once …", file=sys.stderr)
    as_pinned = ["--require-hashes", "--no-deps", "--no-build-isolation", "--requirement", SPARK]
    call([find_uv(), "pip", "install", "--quiet", "--python", str(VENV), *as_pinned])
    SPARK_STAMP.write_text(pins, encoding="utf-8")


def installed_level() -> str | None:
    """The level ``.venv`` holds at today's pins, or None where it must be synced."""
    level = last_level()
    return level if level and STAMP.read_text(encoding="utf-8") == stamp(level) else None


def last_level() -> str | None:
    """The level ``.venv`` was last synced to, whatever the pins were then."""
    level = STAMP.read_text(encoding="utf-8").partition(" ")[0] if STAMP.exists() else ""
    return level if level in {"runtime", "dev"} else None


def stamp(level: str) -> str:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    digest = hashlib.sha256((REQUIREMENTS / f"{level}.txt").read_bytes())
    digest.update(f"{ROOT}|{sys.version_info[:2]}|{project}".encode())
    return f"{level} {digest.hexdigest()}"


def find_uv() -> str:
    wanted = TOOLS / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    if wanted.exists():
        return str(wanted)
    on_path = shutil.which("uv")
    if on_path:
        return on_path
    if subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
    ).returncode:
        raise SetupError("neither uv nor pip was found. On Debian: apt-get install python3-pip")
    call(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--root-user-action=ignore",
            "--target",
            TOOLS,
            "--require-hashes",
            "--requirement",
            REQUIREMENTS / "tools.txt",
        ]
    )
    return str(wanted)


def resolve_pins() -> int:
    """Write requirements/*.txt from pyproject.toml; no registry address is written."""
    uv = find_uv()
    base = [uv, "pip", "compile", "--quiet", "--generate-hashes", "--no-header", "--universal"]
    base += ["--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links"]
    project = [ROOT / "pyproject.toml", "--group", "build"]
    dev, runtime = REQUIREMENTS / "dev.txt", REQUIREMENTS / "runtime.txt"
    call([*base, *project, "--group", "dev", "--output-file", dev])
    call([*base, *project, "--constraint", dev, "--output-file", runtime])
    call([*base, REQUIREMENTS / "spark.in", "--constraint", dev, "--output-file", SPARK])
    call([*base, REQUIREMENTS / "tools.in", "--output-file", REQUIREMENTS / "tools.txt"])
    return 0


def call(command: list[object]) -> None:
    words = [str(word) for word in command]
    environment = {"UV_SYSTEM_CERTS": "1", **os.environ}
    if subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode:
        raise SetupError(
            f"'{Path(words[0]).name} {words[1]}' failed (its message stands above). "
            "Mend that and run the same command again; nothing else was changed."
        )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
