"""個人住民税: rules are pure functions by topic; the rest keeps the records."""
