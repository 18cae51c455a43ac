"""Seals a run into one signed archive, and verifies such archives that somebody else made."""
