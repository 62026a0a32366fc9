"""A small invented project: two units, two fields, both sides, one side missing in one place."""

from __future__ import annotations

from samspill.qualitative import Code, Coder, Coding, Project, Source

NO_POINTS, POINTS = "barriers/coordination/no_meeting_points", "enablers/meeting_points"
ABSENT = "Vi har ingen faste møteplasser"
PRESENT = "Vi har faste møter hver måned"


def conversation() -> Project:
    culture, health = "culture_leisure", "health_care"
    told = (
        ("1", "fjord", "municipality", culture, PRESENT),
        ("2", "fjord", "organisation", culture, ABSENT),
        ("3", "fjord", "municipality", health, ABSENT),
        ("4", "fjord", "organisation", health, ABSENT),
        ("5", "dal", "municipality", culture, "Vi har det bra"),
        ("6", "dal", "organisation", culture, ABSENT),
        ("7", "dal", "municipality", health, ABSENT),
    )
    sources = tuple(
        Source(
            guid,
            f"Interview {guid}",
            f"Q: Hvordan går det?\nA: {words}, egentlig.",
            unit=unit,
            side=side,
            fields=(field,),
            role="leder",
            speakers=("Q", "A"),
            invented=True,
        )
        for guid, unit, side, field, words in told
    )
    codings = []
    for source in sources:
        for words, code in ((ABSENT, "absent"), (PRESENT, "present")):
            at = source.text.find(words)
            if at >= 0:
                codings.append(
                    Coding(f"{source.guid}{code}", source.guid, at, at + len(words), code, "k")
                )
    codes = (
        Code("barriers", "Coordination"),
        Code("absent", "No meeting points", parent="barriers", concept=NO_POINTS),
        Code("present", "Meeting points", concept=POINTS),
    )
    return Project("Invented", (Coder("k", "K"),), codes, sources, tuple(codings))
