"""A finished run turned into paper, sheets and JSON: no clock, no network, the same log gives the same bytes."""
