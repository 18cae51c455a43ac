"""kijun score"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kijun.catalog.root import spec_root
from kijun.catalog.tender_reader import read_tender
from kijun.cli.common import add_spec, clean, put, say
from kijun.procurement import score_book
from kijun.procurement.score_record import as_record, code, differences, read_record, written
from kijun.procurement.scoring import Scoring, score
from kijun.procurement.veil import Veil


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tender", type=Path, metavar="調達.yaml", help="調達のファイル（tender.yaml）")
    parser.add_argument("--out", type=Path, metavar="フォルダー", help="score.json と score.xlsx を作る")
    parser.add_argument("--open", action="store_true", help="開札の後に、事業者の名前を示す")
    parser.add_argument(
        "--check", type=Path, metavar="score.json", help="計算し直し、前の結果と同じかを確かめる（違えば終了コード 1）"
    )
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    tender, rules = read_tender(arguments.tender, spec_root(arguments.spec))
    earlier = read_record(arguments.check) if arguments.check else None
    scoring = score(tender, rules)
    record = as_record(tender, rules, scoring, is_open=arguments.open)
    if arguments.out:
        book = score_book.render(tender, rules, scoring, record, is_open=arguments.open)
        for name, content in (("score.json", written(record)), ("score.xlsx", book)):
            put(arguments.out / name, content, make_folder=True)
            sys.stderr.write(f"{arguments.out / name} を作りました。\n")
    _tell(scoring, Veil(tender, arguments.open), rules.title)
    say(f"照合コード {code(record)}")
    if earlier is None:
        return 0
    found = [*differences(earlier, record)]
    say("\n".join(f"× {clean(one)}" for one in found) or "前の結果と、点も順位も digest も同じです。")
    return 1 if found else 0


def _tell(scoring: Scoring, veil: Veil, title: str) -> None:
    bidders = {one.label: one for one in veil.tender.bidders}
    say(f"{clean(veil.tender.title)}　{clean(title)}　要件 {len(veil.tender.rows)} 件")
    if not veil.tender.edition.digest:
        say(
            "注意: 凍結していない要件表で採点しました。要件表が変わると点も変わります（edition に版を書いてください）。"
        )
    for one in scoring.placings:
        bid = scoring.bid(one.label)
        lot = "（同点。くじで決めてください）" if one.needs_lot else ""
        say(f"{one.place} 位　{clean(veil.name(bidders[one.label]))}　{bid.total} 点　{bid.amount:,} 円{lot}")
    placed = {one.label for one in scoring.placings}
    for bid in scoring.bids:
        if bid.out:
            say(f"失格　{clean(veil.name(bidders[bid.label]))}　{clean(bid.out[0])}（理由 {len(bid.out)} 件）")
        elif bid.label not in placed:
            say(f"失格の理由なし　{clean(veil.name(bidders[bid.label]))}　{bid.amount:,} 円")
    for told in scoring.decisions:
        say(f"・{told}")
