"""A small instrument with everything in it, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from samspill.instrument import (
    Category,
    CodeList,
    Field,
    Instrument,
    Page,
    Question,
    parse_expression,
    parse_instrument,
    validate_instrument,
)

SMALL = """
identifier = "small"
version = "1"
languages = ["nb", "en"]
title.nb = "Lite skjema"
title.en = "Small form"

[[field]]
identifier = "culture_leisure"

[[field]]
identifier = "integration"
label.nb = "Integrering"
label.en = "Integration"

[[code_list]]
identifier = "yes_no"
category = [
  { value = "1", label = { nb = "Ja", en = "Yes" } },
  { value = "0", label = { nb = "Nei", en = "No" } },
]

[[code_list]]
identifier = "channels"
category = [
  { value = "mail", label = { nb = "E-post", en = "E-mail" } },
  { value = "phone", label = { nb = "Telefon", en = "Telephone" } },
  { value = "other", label = { nb = "Annet", en = "Other" } },
]

[[code_list]]
identifier = "scale"
category = [
  { value = "3", label = { nb = "Mye", en = "Much" } },
  { value = "2", label = { nb = "Litt", en = "A little" } },
  { value = "dont_know", label = { nb = "Vet ikke", en = "Don't know" }, missing = true },
]

[[page]]
identifier = "first"
title.nb = "Først"
title.en = "First"
repeat = "fields_on_one_page"

[[page.question]]
variable = "has_relation"
type = "binary"
text.nb = "Samarbeider dere?"
text.en = "Do you collaborate?"
hint.nb = "Også muntlig."
hint.en = "Oral counts too."
code_list = "yes_no"
required = true

[[page]]
identifier = "area"
title.nb = "Om {field}"
title.en = "About {field}"
repeat = "page_per_field"
relevance = "${has_relation} = '1'"

[[page.question]]
variable = "organisations"
type = "count"
text.nb = "Hvor mange i {field}?"
text.en = "How many in {field}?"
constraint = ". > 0 and . <= 500"
constraint_message.nb = "Skriv et tall fra 1 til 500."
constraint_message.en = "Write a number from 1 to 500."

[[page.question]]
variable = "grants"
type = "binary"
text.nb = "Gir dere tilskudd?"
text.en = "Do you give grants?"
code_list = "yes_no"
implied = "0"

[[page.question]]
variable = "amount"
type = "number"
text.nb = "Hvor mye, i tusen kroner?"
text.en = "How much, in thousand kroner?"
relevance = "${grants} = '1' and ${organisations} > 2"

[[page]]
identifier = "last"

[[page.question]]
variable = "reminder"
type = "note"
text.nb = "Ikke skriv navn."
text.en = "Do not write names."

[[page.question]]
variable = "channels"
type = "multiple"
text.nb = "Hvordan?"
text.en = "How?"
label.nb = "Kanal"
label.en = "Channel"
code_list = "channels"
relevance = "count(${has_relation}[. = '1']) >= 1"
constraint = "count-selected(.) <= 2"

[[page.question]]
variable = "other_channel"
type = "text"
text.nb = "Hvilken?"
text.en = "Which?"
relevance = "selected(${channels}, 'other')"
required = true

[[page.question]]
variable = "importance"
type = "ordinal"
text.nb = "Hvor viktig?"
text.en = "How important?"
code_list = "scale"
"""


def small() -> Instrument:
    return parse_instrument(SMALL, "small.toml")


_WORDS = (
    st.text("abcæøå ÅB{}<>&\"'=+*_#\n–", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: text and "{field}" not in text)
)
_LANGUAGES = st.sampled_from([("nb",), ("nb", "nn", "en"), ("en", "de")])


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """Sound instruments with fields, rules and words of many kinds."""
    languages = draw(_LANGUAGES)

    def words(*, placed: bool = False) -> dict[str, str]:
        tail = draw(st.sampled_from(["", " {field}"])) if placed else ""
        return {code: draw(_WORDS) + tail for code in languages}

    def perhaps(**keywords: bool) -> dict[str, str]:
        return words(**keywords) if draw(st.booleans()) else {}

    names = draw(st.lists(st.sampled_from(["f1", "f2", "f3"]), max_size=3, unique=True))
    fields = tuple(
        Field(name, {code: f"{draw(_WORDS)} {number}" for code in languages})
        for number, name in enumerate(names)
    )
    yes_no = CodeList("yn", (Category("1", words()), Category("0", words())))
    scale = CodeList(
        "scale",
        (*(Category(str(n), words()) for n in (1, 2, 3)), Category("dk", words(), True)),
    )
    pages: list[Page] = []
    asked: list[tuple[str, bool]] = []
    repeats = ["once", "page_per_field", "fields_on_one_page"] if fields else ["once"]

    def rule(in_field: bool) -> object:
        choices = [f"${{{v}}} = '1'" for v, per_field in asked if in_field or not per_field]
        choices += [f"count(${{{v}}}[. = '1']) > 0" for v, per_field in asked if per_field]
        choices += [f"1 < count(${{{v}}})" for v, per_field in asked if per_field]
        if not choices or draw(st.booleans()):
            return None
        text = draw(st.sampled_from(choices))
        if draw(st.booleans()):
            text = f"not({text}) or {draw(st.sampled_from(choices))} and 1 + 2 * 3 > 4.5"
        return parse_expression(text)

    for number in range(draw(st.integers(1, 4))):
        repeat = draw(st.sampled_from(repeats))
        placed = repeat == "page_per_field"

        questions = []
        relevance = rule(placed)
        for order in range(draw(st.integers(1, 3))):
            name = f"v{number}{order}"
            kinds = ["binary", "ordinal", "multiple", "count", "number", "text", "nominal"]
            if repeat != "fields_on_one_page":
                kinds.append("note")
            kind = draw(st.sampled_from(kinds))
            lists = {"binary": yes_no, "ordinal": scale, "nominal": yes_no, "multiple": scale}
            constraint = None
            if kind in {"count", "number"} and draw(st.booleans()):
                constraint = parse_expression(draw(st.sampled_from([". < 9", ". >= 0", "-. < 1"])))
            own = rule(repeat != "once")
            closed = own is not None or relevance is not None
            questions.append(
                Question(
                    variable=name,
                    type=kind,
                    text=words(placed=placed),
                    label=perhaps(placed=placed),
                    hint=perhaps(placed=placed),
                    code_list=lists.get(kind),
                    required=kind != "note" and draw(st.booleans()),
                    relevance=own,  # type: ignore[arg-type]
                    constraint=constraint,
                    constraint_message=perhaps(placed=placed) if constraint else {},
                    implied="1" if closed and kind == "binary" and draw(st.booleans()) else "",
                )
            )
        if repeat == "fields_on_one_page" or not placed:
            title = perhaps()
        else:
            title = perhaps(placed=True)
        pages.append(Page(f"p{number}", tuple(questions), title, repeat, relevance))  # type: ignore[arg-type]
        asked += [(q.variable, repeat != "once") for q in questions if q.type == "binary"]
    used = any(page.per_field for page in pages)
    return Instrument("random", "1", languages, words(), tuple(pages), fields if used else ())


sound_instruments = instruments().filter(lambda made: not validate_instrument(made))
