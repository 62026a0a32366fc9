"""The founding study as a study folder: printed numbers, and answers reconstructed from them.

``build.build()`` writes the folder's files from ``printed.csv``; nothing here is imported when a
study is read.
"""
