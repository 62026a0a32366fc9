"""Group sizes and the evidence for them, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_NAMED = 10

Row = Mapping[str, object]


def numbered(number: int, one: str, many: str) -> str:
    """``number`` with its noun."""
    return f"{number} {one if number == 1 else many}"


def groups_in_words(chance: Row, chosen: Sequence[Row]) -> list[str]:
    """The ``chosen`` group sizes of a split, ten of them by name, and what speaks for them."""
    split, tables = chance["split"], _number(chance, "tables")
    explained = _number(chance, "explained")
    if explained == 0 and len(chosen) > 1:
        each = "the one table" if tables == 1 else f"any of the {tables} tables"
        return [f"{split}: no group sizes explain {each}."]
    lines = [_sizes(row) for row in chosen[:MOST_NAMED]]
    left = _number(chance, "sizes_chosen") - len(lines)
    if left > 0:
        lines.append(f"{split}: {numbered(left, 'more size does', 'more sizes do')} as well.")
    return [*lines, _evidence(chance)]


def _sizes(row: Row) -> str:
    of = numbered(_number(row, "tables"), "table", "tables")
    return (
        f"{row['split']}: {row['n0']} {row['group0']} and {row['n1']} {row['group1']} "
        f"explain {row['explained']} of {of} ({row['convention']})."
    )


def _evidence(row: Row) -> str:
    split = row["split"]
    if _number(row, "sizes_tried") == 1:
        return f"{split}: the group sizes are given, so nothing is said on how sure they are."
    if _number(row, "sizes_chosen") > 1:
        tied = row["sizes_chosen"]
        return f"{split}: unknown evidence, since {tied} group sizes do equally well."
    words = f"{split}: {row['strength']} evidence"
    average = row["expected_elsewhere"]
    if isinstance(average, float):
        words += (
            f"; other group sizes explain {average:.1f} tables on average, "
            f"{row['most_elsewhere']} at most"
        )
    return words + "."


def _number(row: Row, column: str) -> int:
    value = row[column]
    return value if isinstance(value, int) else 0
