"""The specification as a published document: what differs between two editions. Knows no run and no product."""
