"""Fit&Gap: what each 課 judges of every requirement, carried over from year to year and joined from several books."""
