"""Plans, runs and records. The only room that meets behave and pytest."""
