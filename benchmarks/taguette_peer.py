"""Runs in Taguette's own environment: python taguette_peer.py PROJECT.json FOLDER

Puts the project into a database of Taguette's and times what it does with its own functions;
prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

TIMES = 3
TAG = "Code 11"


def main(content: Path, folder: Path) -> None:
    import taguette
    from taguette import database, export

    db = database.connect(f"sqlite:///{folder / 'taguette.sqlite3'}")()
    project = _fill(db, json.loads(content.read_text(encoding="utf-8")))

    def passages(path: str, name: str) -> None:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            export.highlights_csv(db, project, path, file)

    def copied(source: Any, name: str, number: int) -> Any:
        target = folder / name
        target.unlink(missing_ok=True)
        copy = database.connect(f"sqlite:///{target}")()
        copy.add(database.User(login="admin"))
        copy.commit()
        database.copy_project(source, copy, number, "admin")
        copy.commit()
        return copy

    def counts() -> None:
        db.expire_all()
        tags = db.query(database.Tag).filter(database.Tag.project_id == project).all()
        [tag.highlights_count for tag in tags]

    start = time.perf_counter()
    copy = copied(db, "out.sqlite3", project)
    out = time.perf_counter() - start
    start = time.perf_counter()
    copied(copy, "in.sqlite3", copy.query(database.Project).one().id)
    back = time.perf_counter() - start
    print(
        json.dumps(
            {
                "version": taguette.__version__,
                "highlights counted by tag": _median(counts),
                "passages of a code": _median(lambda: passages(TAG, "one.csv")),
                "all passages as CSV": _median(lambda: passages("", "all.csv")),
                "project copied out": out,
                "project copied in": back,
            }
        )
    )


def _fill(db: Any, content: dict[str, Any]) -> int:
    from taguette import database

    db.add(database.User(login="admin"))
    project = database.Project(name="Benchmark", description="")
    db.add(project)
    db.commit()
    tags = [database.Tag(project_id=project.id, path=n, description="") for n in content["tags"]]
    documents = [
        database.Document(
            name=f"Interview {i}",
            description="",
            filename=f"{i}.txt",
            project_id=project.id,
            text_direction=database.TextDirection.LEFT_TO_RIGHT,
            contents="".join(f"<p>{line}</p>" for line in text.split("\n")),
        )
        for i, text in enumerate(content["documents"])
    ]
    db.add_all([*tags, *documents])
    db.commit()
    number = {tag.path: tag.id for tag in tags}
    identity = [document.id for document in documents]
    rows, links = [], []
    for place, (source, start, end, tag) in enumerate(content["highlights"], start=1):
        words = content["documents"][source][start:end]
        rows.append(
            {
                "id": place,
                "document_id": identity[source],
                "start_offset": start,
                "end_offset": end,
                "snippet": words,
            }
        )
        links.append({"highlight_id": place, "tag_id": number[tag]})
    db.execute(database.Highlight.__table__.insert(), rows)
    db.execute(database.highlight_tags.insert(), links)
    db.commit()
    return int(project.id)


def _median(work: Any) -> float:
    work()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
