"""XLSForm workbooks (https://xlsform.org): questionnaires as ODK, Kobo and Enketo read them.

What Samspill has beyond XLSForm (fields, short labels, implied values, missing categories) stands
in columns whose names begin with ``samspill_``, which those programs pass over. What XLSForm has
beyond Samspill is refused with sheet, row and column.
"""

from samspill.instrument.xlsform.reading import read_xlsform
from samspill.instrument.xlsform.writing import write_xlsform

__all__ = ["read_xlsform", "write_xlsform"]
