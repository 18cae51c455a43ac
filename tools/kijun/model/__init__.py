"""The nouns of conformance. No input or output; imports nothing of ours."""
