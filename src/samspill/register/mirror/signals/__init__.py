"""Signals: what in a municipality's register, or in the pulse, may show a barrier.

``signals`` gives those that show, each with its numbers and the entries behind; ``weighed`` gives
all. Which count speaks for which barrier, and from what share, is data (``signals.toml``).
"""

from samspill.register.mirror.signals.weighing import (
    Signal,
    SignalRule,
    signal_rules,
    signals,
    weighed,
)

__all__ = ["Signal", "SignalRule", "signal_rules", "signals", "weighed"]
