"""argv and exit codes."""
