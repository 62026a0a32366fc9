"""Run a function in a process of its own and say how long it took and how much memory it had."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """``value`` is what the function gave; ``peak`` the child's largest memory, in megabytes.

    Where the child has started others (Spark's Java), theirs is added.
    """

    value: Any
    seconds: float
    peak: float


def measured(
    work: Callable[..., Any], *arguments: Any, warm_up: tuple[Any, ...] | None
) -> Measured:
    """Run ``work(*arguments)`` in a fresh process, after ``work(*warm_up)`` off the clock.

    The warm-up takes imports and the starting of engines out of the time, for every peer alike;
    None is for work that takes its own time.
    ``work`` is a function of a module.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(sender, work, arguments, warm_up))
    child.start()
    sender.close()
    try:
        outcome = receiver.recv()
    except EOFError:
        child.join()
        raise RuntimeError(f"{work.__name__} ended with code {child.exitcode}.") from None
    child.join()
    if isinstance(outcome, BaseException):
        raise outcome
    return Measured(*outcome)


def alternating(times: int, *runs: Callable[[], Measured]) -> list[Measured]:
    """Each of ``runs`` in turn, ``times`` over: the median time and the largest peak of each.

    Taking turns, they meet the same other work on the machine.
    """
    taken: list[list[Measured]] = [[] for _ in runs]
    for _ in range(times):
        for run, results in zip(runs, taken, strict=True):
            results.append(run())
    return [
        Measured(
            results[-1].value,
            median(one.seconds for one in results),
            max(one.peak for one in results),
        )
        for results in taken
    ]


def verdict(met: bool) -> str:
    return "met" if met else "not met"


def best_of(times: int, work: Callable[[], Any]) -> float:
    """The shortest of several runs in this process, in seconds."""
    shortest = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest


def _run(
    sender: Any,
    work: Callable[..., Any],
    arguments: tuple[Any, ...],
    warm_up: tuple[Any, ...] | None,
) -> None:
    try:
        if warm_up is not None:
            work(*warm_up)
        start = time.perf_counter()
        value = work(*arguments)
        seconds = time.perf_counter() - start
        sender.send((value, seconds, _peak()))
    except Exception as error:  # noqa: BLE001
        sender.send(error)
    finally:
        sender.close()


def _peak() -> float:
    """This process's largest memory so far, in megabytes.

    Linux's ``ru_maxrss`` starts at what the parent had when it started the child; ``VmHWM`` is
    the child's own.
    """
    if Path("/proc/self/status").exists():
        children = [
            process
            for listed in Path("/proc/self/task").glob("*/children")
            for process in listed.read_text().split()
        ]
        return sum(_high_water(process) for process in ("self", *children))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024.0**2 if sys.platform == "darwin" else 1024.0)


def _high_water(process: str) -> float:
    """The largest memory of a process so far, in megabytes."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return sum(int(line.split()[1]) / 1024.0 for line in lines if line.startswith("VmHWM"))
