"""The frame of units on its way in: read a file, say what its columns are, check, compare.

``reading`` knows files, ``mapping`` what columns mean, ``checking`` what cells may hold,
``planning`` what the study holds already. Nothing here changes anything.
"""
