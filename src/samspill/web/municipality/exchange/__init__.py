"""Exchange: the register in whole files, out and in again, and in step with the national registers.

What comes in is read and checked by the library, waits while someone looks at what it would change,
and is taken in by the actions. What goes out to anyone is made of what anyone may see.
"""
