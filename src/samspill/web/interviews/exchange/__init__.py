"""Projects and codebooks in and out of other programs, for a study's material.

``outgoing`` makes the files, ``incoming`` reads what came and fits it to what the study has,
``carrying`` keeps what has no place here so that it goes out again, ``work`` does what is large.
"""
