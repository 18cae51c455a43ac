"""地方税（共通）: persons and their addresses, restraints, printing, batches, extraction, roles and logs."""
