"""The command group, and what it does with errors."""

from __future__ import annotations

import sys

import click

from samspill.cli.advice import advice
from samspill.cli.change import adoption, change, power
from samspill.cli.cases import cases
from samspill.cli.demo import demo
from samspill.cli.groups import groups, ordered
from samspill.cli.output import fail, note
from samspill.cli.reconstruct import disclosure, reconstruct
from samspill.cli.register import register
from samspill.cli.report import report
from samspill.cli.results import check, figure, model, shares, table
from samspill.cli.serve import manage, serve
from samspill.cli.sources import sources
from samspill.cli.study import study
from samspill.cli.text import text
from samspill.errors import SamspillError

STOPPED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="samspill", message="samspill %(version)s")
def commands() -> None:
    """Measure how municipalities and voluntary organisations work together.

    \b
    Examples:
      samspill demo
      samspill check norway-2018
      samspill shares norway-2018 meeting_point --by has_policy
      samspill figure norway-2018 4.8 --lang nb --output figure.svg
      samspill report norway-2018 --lang nn --format pdf
      samspill reconstruct printed.csv --json

    STUDY is the name of a study that comes with Samspill (norway-2018) or a folder.
    Exit codes: 0 done; 1 something found that does not hold; 2 not understood; 3 unusable input.
    """


for command in (
    demo,
    serve,
    manage,
    study,
    reconstruct,
    disclosure,
    check,
    shares,
    model,
    groups,
    ordered,
    change,
    adoption,
    power,
    table,
    figure,
    report,
    text,
    register,
    advice,
    cases,
    register,
    sources,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line; errors become one sentence and an exit code."""
    try:
        sys.exit(commands(prog_name="samspill", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        note("samspill: stopped; nothing half-written was left.")
        sys.exit(STOPPED)
    except SamspillError as error:
        fail(error)
    except BrokenPipeError:
        sys.stdout = None
        sys.exit(0)
    except OSError as error:
        fail(_of_the_system(error))


def _of_the_system(error: OSError) -> SamspillError:
    """A file that cannot be read or written, in one sentence."""
    name = error.filename2 or error.filename
    where = f"“{name}”" if name else "A file"
    reason = (error.strerror or "it failed").lower()
    return SamspillError(
        f"{where} cannot be read or written: {reason}.",
        "Check that the folder exists and that you may write there.",
    )
