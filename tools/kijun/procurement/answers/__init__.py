"""Answer books of bidders, in any layout: a mapping is proposed, confirmed by a person, and then read or filled by."""
