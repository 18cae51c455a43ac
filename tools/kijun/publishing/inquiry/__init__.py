"""Opinions asked of all bodies (意見照会): the form that leaves, the replies that return, what they add up to."""
