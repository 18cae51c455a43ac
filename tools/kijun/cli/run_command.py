"""kijun run"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from kijun.cli.common import add_target, request, say
from kijun.cli.report_command import summary, write_reports
from kijun.drivers import Approach
from kijun.engine.run import Run
from kijun.engine.run_place import existing_folder, new_folder, point_latest
from kijun.engine.scheduler import Scheduler
from kijun.engine.session import CaseResult
from kijun.engine.setup import prepare
from kijun.model.errors import ConnectionLost, RunStopped
from kijun.model.plan import Case
from kijun.model.verdict import Verdict


def configure(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    parser.add_argument("--out", type=Path, default=Path("kijun-out"), metavar="フォルダー", help="結果の置き場所")
    parser.add_argument("--run-id", default="", metavar="名前", help="実行の名前（既定は日時）")
    parser.add_argument("--workers", type=int, metavar="数", help="並行するセッションの数の上限")
    parser.add_argument(
        "--resume", nargs="?", const="", metavar="実行", help="途中で止まった実行を続ける（既定は最新）"
    )
    parser.add_argument("--accept-waivers", action="store_true", help="条件付適合を終了コード 0 とする")
    parser.add_argument("--no-progress", action="store_true", help="進み具合を表示しない")


def execute(arguments: argparse.Namespace) -> int:
    resuming = arguments.resume is not None
    with Approach() as approach:
        assignment, sut = prepare(request(arguments), approach.begin)
        folder = (
            existing_folder(arguments.out, arguments.resume)
            if resuming
            else new_folder(arguments.out, arguments.run_id)
        )
        try:
            with Run(assignment, approach.arrive(sut), folder, resume=resuming) as run:
                point_latest(folder)
                _go(run, arguments)
        except RunStopped as error:
            say(f"{error}\n続きは kijun run --resume {folder.name} で実行できます（済んだ結果は残っています）。")
            return 3
        except ConnectionLost as error:
            raise RunStopped(f"試験対象につながりません: {error}") from error
    view = write_reports(folder)
    say(summary(view))
    return view.report.claim.exit_code(arguments.accept_waivers)


def _go(run: Run, arguments: argparse.Namespace) -> None:
    remaining = len(run.remaining)
    total = len(run.plan.cases)
    plain = not _can_draw()
    with tqdm(
        total=total,
        initial=total - remaining,
        desc="試験",
        unit="件",
        file=sys.stderr,
        ascii=plain,
        disable=arguments.no_progress or not sys.stderr.isatty(),
    ) as bar:
        failed = 0

        def on_case(_case: Case, result: CaseResult) -> None:
            nonlocal failed
            failed += result.verdict is not Verdict.PASS
            bar.set_postfix_str(f"要確認 {failed}", refresh=False)
            bar.update()

        Scheduler(run, arguments.workers, on_case).go()
        run.finish()


def _can_draw() -> bool:
    """Whether the console has the block characters of a smooth bar."""
    try:
        "█▏".encode(sys.stderr.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
