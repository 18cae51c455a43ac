"""The quality of the text of requirement tables: what a careful editor would mark, and a score per chapter."""
