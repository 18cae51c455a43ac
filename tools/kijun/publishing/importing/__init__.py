"""Workbooks of ministries, read as they come: structure, obligations and dates come over, the wording does not."""
