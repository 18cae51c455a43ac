"""Guides people through what no machine can observe, and records what they saw."""
