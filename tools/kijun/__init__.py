"""kijun: the standard for municipal systems, made executable."""

__version__ = "0.1.0"
