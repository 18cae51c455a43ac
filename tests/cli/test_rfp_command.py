"""kijun rfp as a municipality meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import characters
from bundles import desk
from command_line import kijun, text
from miniature import EXTRA, FEES, PROFILE, PROFILE_TEXT, SYSTEM, HonestPots, Miniature
from returned_books import COVER, Book
from runs import run, statuses

from kijun.bundle.keys import new_key
from kijun.catalog.bid_reader import read_bid
from kijun.catalog.configuration import read_profile
from kijun.catalog.root import shipped_root
from kijun.procurement import request_book
from kijun.procurement.contract import read_contract
from kijun.procurement.request import RequestForProposal
from kijun.procurement.tables import tables_of

CONTRACT = """\
contract:
  {{ title: "受入", edition: "{edition}", product: "鉢", vendor: "架空園", version: "1", signed: "2026-04-01" }}
"""


def filled(path: Path, **cells: str) -> None:
    book = Book(path.read_bytes())
    line = 1 + book.column(COVER).index(request_book.BIDDER)
    book.fill({f"B{line}": "架空園", f"B{line + 1}": "鉢", f"B{line + 2}": "1"}, COVER)
    book.fill({f"F{number}": "標準機能で対応" for number in (2, 3, 4, 6, 7)} | {"F5": "対応不可"} | cells).save(path)


def test_scope_names_what_concerns_a_town_and_why_the_rest_does_not(mini: Miniature) -> None:
    mini.edit(PROFILE, 'code: "992011", class: "general_city"', 'code: "993018", class: "town_village"')
    done = kijun(mini, "rfp", "scope", PROFILE)
    assert done.returncode == 0, text(done)
    assert "関係する要件 0 件" in text(done)
    assert f"{FEES} 大きさに応じた料金を計算できること。 → 団体区分「町村」に規定がありません。" in text(done)


def test_a_request_goes_out_and_comes_back_as_a_bid(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    sent = kijun(mini, "rfp", "new", PROFILE, "--edition", "0.1", "--out", "依頼.xlsx")
    assert sent.returncode == 0, text(sent)
    assert "照合コード: " in text(sent)
    filled(mini.root / "依頼.xlsx")
    back = kijun(mini, "rfp", "check", PROFILE, "依頼.xlsx", "--bid", "回答.json")
    assert back.returncode == 0, text(back)
    assert "書き換え、欠け、食い違いは見つかりませんでした。" in text(back)
    code = text(sent).split("照合コード: ")[1][:17]
    assert code in text(back)
    assert read_bid(mini.root / "回答.json").answers[FEES].place == "鉢植え台帳!F2"


def test_an_edited_row_ends_with_code_1_and_names_its_cell(mini: Miniature) -> None:
    kijun(mini, "rfp", "new", PROFILE, "--out", "依頼.xlsx")
    filled(mini.root / "依頼.xlsx", C2="料金を計算できること。")
    done = kijun(mini, "rfp", "check", PROFILE, "依頼.xlsx", "--json")
    assert done.returncode == 1
    (one,) = json.loads(done.stdout)["findings"]
    assert (one["kind"], one["place"], one["mandatory"]) == ("edited", "鉢植え台帳!C2", True)


def test_a_book_of_another_request_is_refused_and_no_bid_is_written(mini: Miniature) -> None:
    kijun(mini, "rfp", "new", PROFILE, "--out", "依頼.xlsx")
    filled(mini.root / "依頼.xlsx")
    mini.edit(PROFILE, 'as_of: "2026-06-01"', 'as_of: "2026-07-01"')
    done = kijun(mini, "rfp", "check", PROFILE, "依頼.xlsx", "--bid", "回答.json")
    assert done.returncode == 3
    assert "基準日が、この依頼のものと違います（ブックは 2026-06-01、依頼は 2026-07-01）。" in text(done)
    assert not (mini.root / "回答.json").exists()


def test_a_request_never_overwrites_and_needs_its_ending(mini: Miniature) -> None:
    assert kijun(mini, "rfp", "new", PROFILE, "--out", "依頼.xls").returncode == 4
    assert kijun(mini, "rfp", "new", PROFILE, "--out", "依頼.xlsx").returncode == 0
    before = (mini.root / "依頼.xlsx").read_bytes()
    again = kijun(mini, "rfp", "new", PROFILE, "--out", "依頼.xlsx")
    assert again.returncode == 3
    assert "その名前のファイルがすでにあります。" in text(again)
    assert (mini.root / "依頼.xlsx").read_bytes() == before
    unknown = kijun(mini, "rfp", "new", PROFILE, "--edition", "9", "--out", "b.xlsx")
    assert (unknown.returncode, "「9」という版はありません。" in text(unknown)) == (4, True)


def test_wishes_of_a_profile_that_do_not_fit_are_told_all_at_once(mini: Miniature) -> None:
    mini.edit(
        PROFILE,
        'businesses: ["pot_register"]\n',
        f"""businesses: ["pot_register"]
  options: ["{EXTRA}", "{FEES}", "999-9.9.9-99"]
  weights: [{{ requirement: "{FEES}", weight: 2 }}, {{ requirement: "{FEES}", weight: 3 }}]
  offices:
    - {{ name: "園芸課", covers: [{{ business: "pot_register", majors: ["鉢", "庭"] }}] }}
    - {{ name: "台帳課", covers: [{{ business: "pot_register", majors: ["鉢"] }}] }}
""",
    )
    done = kijun(mini, "rfp", "scope", PROFILE)
    assert done.returncode == 3
    for told in (
        f"要件 {FEES} は「実装必須」で、標準オプションではありません。",
        "要件 999-9.9.9-99 は、この条件の業務の要件表にありません。",
        f"要件 {FEES} の重みが 2 つあります。",
        "業務「pot_register」に大項目「庭」はありません。 → あるのは 鉢 です。",
        "大項目「鉢」は「園芸課」の分です。",
    ):
        assert told in text(done)
    assert "5 件の誤りがあります。" in text(done)


def test_20_a_run_of_an_older_edition_is_rejected_and_one_of_the_contract_is_taken(office: Miniature) -> None:
    mini = office
    mini.edit(mini.table, 'edition: "1"', 'edition: "9.0"')
    mini.edit(f"{SYSTEM}/statement.yaml", 'pot_register: "1"', 'pot_register: "9.0"')
    assert kijun(mini, "run").returncode in (0, 1, 2)
    mini.edit(mini.table, 'edition: "9.0"\n  status', 'edition: "10.0"\n  status')
    mini.edit(f"{SYSTEM}/statement.yaml", "9.0", "10.0")
    assert kijun(mini, "freeze", "10.0").returncode == 0
    mini.write("contract.yaml", CONTRACT.format(edition="10.0"))
    old = kijun(mini, "rfp", "accept", PROFILE, "contract.yaml", "--run", "kijun-out/latest", "--out", "受入.xlsx")
    assert old.returncode == 1, text(old)
    assert "版が一致しません。業務「鉢植え台帳」の契約は「10.0」版、報告は「9.0」版です。" in text(old)
    assert (mini.root / "受入.xlsx").exists()
    kijun(mini, "run")
    new = kijun(mini, "rfp", "accept", PROFILE, "contract.yaml", "--run", "kijun-out/latest")
    assert "版が一致しません" not in text(new)
    assert new.returncode == 0, text(new)
    assert "満たす 5" in text(new)


def test_acceptance_without_a_run_makes_the_checklist(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    mini.write("contract.yaml", CONTRACT.format(edition="0.1"))
    done = kijun(mini, "rfp", "accept", PROFILE, "contract.yaml", "--out", "受入.xlsx")
    assert done.returncode == 0, text(done)
    assert "確かめる要件 5 件、合意した差異 0 件" in text(done)
    assert (mini.root / "受入.xlsx").exists()


def test_a_bundle_counts_only_when_its_signature_holds(office: Miniature) -> None:
    assert kijun(office, "freeze", "0.1").returncode == 0
    office.write("contract.yaml", CONTRACT.format(edition="0.1"))
    kijun(office, "run")
    kijun(office, "key", "new", "--out", "鍵")
    assert kijun(office, "bundle", "latest", "--key", "鍵", "--out", "束.zip").returncode == 0
    words = ("rfp", "accept", PROFILE, "contract.yaml", "--run", "束.zip")
    taken = kijun(office, *words, "--trust", "鍵/key.pub")
    assert taken.returncode == 0, text(taken)
    assert "満たす 5" in text(taken)
    assert kijun(office, *words).returncode == 4
    kijun(office, "key", "new", "--out", "別の鍵")
    stranger = kijun(office, *words, "--trust", "別の鍵/key.pub", "--out", "受入.xlsx")
    assert stranger.returncode == 3
    assert "束を信じられません。" in text(stranger)
    assert not (office.root / "受入.xlsx").exists()


def test_a_bundle_whose_signer_lied_is_not_taken(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    mini.write("contract.yaml", CONTRACT.format(edition="0.1"))
    keys = mini.root / "鍵"
    new_key(keys)

    def change(members: dict[str, bytes]) -> None:
        members["data/junit.xml"] += b"<!-- x -->"

    path = desk(mini, keys).lied(change)
    done = kijun(mini, "rfp", "accept", PROFILE, "contract.yaml", "--run", path.name, "--trust", "鍵/key.pub")
    assert done.returncode == 3
    assert "束を信じられません。data/junit.xml が、記録から作り直した報告書と違います。" in text(done)


GUIDE = shipped_root() / "docs" / "guides" / "municipality.md"


def test_the_files_of_the_guide_are_taken_as_they_stand_there(tmp_path: Path) -> None:
    section = GUIDE.read_text(encoding="utf-8").split("## 8. 最初の一時間")[1].split("\n## ")[0]
    wishes, contract = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    profile = tmp_path / "profile.yaml"
    head = PROFILE_TEXT.replace('"992011", class: "general_city"', '"993018", class: "town_village"')
    profile.write_text(head.replace("pot_register", "light_vehicle_tax") + wishes, encoding="utf-8")
    edition = tables_of(shipped_root(), "0.2")
    request = RequestForProposal.compose(read_profile(profile, edition), edition, {"light_vehicle_tax": "軽自動車税"})
    assert request.counts["標準オプション（採用）"] == 1
    assert list(request.sheets) == ["税務課", "軽自動車税"]
    path = tmp_path / "contract.yaml"
    path.write_text(contract, encoding="utf-8")
    assert len(read_contract(path, request).deviations) == 1


def test_a_waiver_of_a_run_is_no_agreement_of_the_contract(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    waiver = f'requirement: "{FEES}", issuer: "市", reason: "改修中", scope: "当初", expires: "2099-03-31"'
    path = mini.write("waivers.yaml", f"waivers:\n  - {{ {waiver} }}\n")
    view = run(mini, characters.RoundsUp, waivers=path)
    assert statuses(view)[FEES] == "waived"
    mini.write("contract.yaml", CONTRACT.format(edition="0.1"))
    done = kijun(mini, "rfp", "accept", PROFILE, "contract.yaml", "--run", "out/r")
    assert done.returncode == 1
    assert f"満たさない {FEES}" in text(done)


def test_a_run_that_was_not_finished_is_rejected(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    mini.write("contract.yaml", CONTRACT.format(edition="0.1"))
    log = run(mini, HonestPots).folder / "run.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    assert '"run_finished"' in lines[-1]
    log.write_text("".join(lines[:-1]), encoding="utf-8")
    done = kijun(mini, "rfp", "accept", PROFILE, "contract.yaml", "--run", "out/r")
    assert (done.returncode, "終わっていない実行なので、受入には使えません。" in text(done)) == (1, True)
