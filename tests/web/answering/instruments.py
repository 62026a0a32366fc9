"""A small questionnaire with every kind of question, and rules within a page."""

from samspill.instrument import Category, CodeList, Instrument, Page, Question, parse_expression


def words(text):
    return {"nb": f"{text} (nb)", "nn": f"{text} (nn)", "en": text}


YES_NO = CodeList("yes_no", (Category("1", words("Yes")), Category("0", words("No"))))
CHANNELS = CodeList(
    "channels", (Category("mail", words("By mail")), Category("phone", words("By phone")))
)


def every_kind() -> Instrument:
    """One page with all kinds; the count is asked after a yes, and must be below 100."""
    return Instrument(
        identifier="kinds",
        version="1",
        languages=("nb", "nn", "en"),
        title=words("All kinds"),
        pages=(
            Page(
                "first",
                title=words("First"),
                questions=(
                    Question("note", "note", words("Read this")),
                    Question("any", "binary", words("Any?"), code_list=YES_NO, required=True),
                    Question(
                        "how_many",
                        "count",
                        words("How many?"),
                        relevance=parse_expression("${any} = '1'"),
                        constraint=parse_expression(". < 100"),
                        constraint_message=words("Below a hundred, please."),
                    ),
                    Question("share", "number", words("What share?"), hint=words("In percent")),
                    Question("channels", "multiple", words("Which ways?"), code_list=CHANNELS),
                    Question("why", "text", words("Why?")),
                ),
            ),
            Page(
                "last", title=words("Last"), questions=(Question("rest", "text", words("Rest?")),)
            ),
        ),
    )
