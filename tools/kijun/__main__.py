"""python -m kijun."""

from kijun.cli.main import run

run()
