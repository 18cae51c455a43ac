"""The specification as a published document: what differs between two editions, and what bodies say to one.

Knows no run and no product.
"""
