"""The command line, ``samspill …``: thin over the library, one module per group of commands.

Exit codes: 0 done; 1 done, and something was found that does not hold (a fault in a study, a
printed number that disagrees); 2 the command was not understood; 3 an input cannot be used.
"""

from samspill.cli.main import main

__all__ = ["main"]
