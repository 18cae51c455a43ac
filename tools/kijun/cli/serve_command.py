"""kijun serve"""

from __future__ import annotations

import argparse

from kijun.cli.common import say


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", metavar="アドレス", help="待ち受けるアドレス")
    parser.add_argument("--port", type=int, default=8010, metavar="番号", help="待ち受けるポート")
    parser.add_argument("--database", metavar="URL", help="SQLAlchemy の URL（既定は終了時に消える SQLite）")


def execute(arguments: argparse.Namespace) -> int:
    from kijun.reference.server import PortInUse, serve  # noqa: PLC0415 - only this command needs the server

    say(f"参照システムを http://{arguments.host}:{arguments.port} で起動します（終了は Ctrl-C）。")
    try:
        serve(arguments.host, arguments.port, arguments.database, say)
    except PortInUse as error:
        say(f"{error}")
        return 3
    return 0
