"""``samspill manage read_bounces mailbox.mbox notice.eml …``: take in e-mails that came back."""

from __future__ import annotations

import mailbox
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samspill.web.fieldwork.messages.bounces import Notice, take_in


class Command(BaseCommand):
    """Prints how many notifications told what, and no address. Read again they change nothing."""

    help = "Take in delivery status notifications from mbox files, Maildir folders and .eml files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path)

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        missing = [path for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no '{missing[0]}'. Nothing has been read.")
        counts = Counter(take_in(content) for path in paths for content in _contents(path))
        for notice in Notice:
            self.stdout.write(f"{counts[notice]:6}  {notice}")


def _contents(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        folder = mailbox.Maildir(path, create=False)
        yield from (folder.get_bytes(key) for key in folder.keys())  # noqa: SIM118
    elif path.suffix == ".eml":
        yield path.read_bytes()
    else:
        box = mailbox.mbox(path, create=False)
        yield from (box.get_bytes(key) for key in box.keys())  # noqa: SIM118
