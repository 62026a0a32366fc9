"""What ``samspill.classification`` says, for the catalogues to translate."""

from django.utils.translation import gettext_noop

MESSAGES = (
    gettext_noop("The file is no table of changes."),
    gettext_noop(
        "Fetch it from KLASS as JSON or CSV, with the columns oldCode, oldName, newCode, newName "
        "and changeOccurred."
    ),
    gettext_noop("The file is too large for a table of changes."),
    gettext_noop("Fetch the changes of a shorter time."),
    gettext_noop("The day is no date."),
    gettext_noop("Write it as 2020-01-01."),
    gettext_noop("Neither an old nor a new code is given."),
    gettext_noop("Give at least one of them, or take the row away."),
    gettext_noop("Statistics Norway's service did not answer."),
    gettext_noop("Try again later, or fetch the table in a browser and use the file."),
)
