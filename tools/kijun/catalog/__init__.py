"""Reads and cross-checks a specification root: requirements, glossary, registries, profiles, statements."""
