"""Sets forms as PDF. Shared by the reports and the reference system; knows nothing of either."""
