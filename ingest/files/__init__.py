"""From the files of an office to text: Word, spreadsheets, web pages, PDF, scans and archives of these.

Each format has a module whose `extract` gives an `Extracted`: text whose offsets do not change any more, and
where each stretch of it stands in the original. `formats` knows which module reads a file, by its content
where name and content disagree. `reader` runs all of it in processes that can be killed. Nothing in a file
is run, and nothing that it names is fetched.
"""
