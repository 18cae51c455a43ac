"""The paper: every document as a PDF that opens, says what it must, carries its font and is the same every time."""

from __future__ import annotations

import csv
import importlib.util
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import urllib3
from pdf_reading import A4, fonts, opened, squeezed, words
from pypdf import PdfReader

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import shipped_root
from kijun.press.typesetter import Unprintable
from kijun.reference import app, paper, papers
from kijun.reference.local_tax_common import barcode, printing
from kijun.reference.server import EmbeddedServer

SHEET = paper.Sheet(
    title="見本の通知書",
    printed_on=date(2026, 5, 1),
    printed_on_text="令和8年5月1日",
    addressee=["〒999-0000", "架空県見本市見本町1番地", "架空　太郎　様"],
    items=[("氏名", "架空　太郎"), ("税額", "12,900円")],
    tables=[{"title": "内訳", "rows": [["年度", "税額"], ["令和8年度", "12,900円"]]}],
    notes=[("教示", "審査請求をすることができます。")],
    closing="上記のとおり通知します。",
    issuer=["見本市長", "架空　首長"],
    seal="見本市長之印",
    contact="見本市税務課",
    number="P00000001",
)


def read(content: bytes) -> tuple[PdfReader, str]:
    reader = opened(content)
    return reader, words(reader)


# the sheet ------------------------------------------------------------------------------------------------


def test_a_sheet_says_everything_on_a4_with_its_font_inside() -> None:
    printed = paper.render(SHEET)
    reader, text = read(printed.content)
    assert printed.pages == len(reader.pages) == 1
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == pytest.approx(A4, abs=0.01)
    for said in (*SHEET.addressee, *sum(SHEET.items, ()), *SHEET.notes[0], *SHEET.issuer, "内訳", "令和8年度", "1/1"):
        assert squeezed(said) in text, said
    descriptors = list(fonts(reader))
    assert descriptors
    assert all("NotoSansCJKjp" in one["/FontName"] for one in descriptors)
    assert all("/FontFile3" in one or "/FontFile2" in one for one in descriptors)


def test_a_screen_reader_finds_title_language_and_tags() -> None:
    reader, _ = read(paper.render(SHEET).content)
    catalog = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == SHEET.title
    assert catalog["/Lang"] == "ja-JP"  # type: ignore[index]  # pypdf types every object alike
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]  # pypdf types every object alike
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()  # type: ignore[index]  # pypdf types every object alike


def test_the_same_sheet_gives_the_same_bytes() -> None:
    first = paper.render(SHEET).content
    paper.render(replace(SHEET, title="別の通知書"))
    assert paper.render(SHEET).content == first


def test_a_long_document_numbers_its_pages() -> None:
    printed = paper.render(replace(SHEET, items=[(f"項目{number}", "内容" * 30) for number in range(60)]))
    reader, text = read(printed.content)
    assert printed.pages == len(reader.pages) > 1
    assert f"{printed.pages}/{printed.pages}" in text
    assert "項目59" in text


def test_without_a_seal_no_seal_is_drawn() -> None:
    assert len(paper.render(replace(SHEET, seal="")).content) < len(paper.render(SHEET).content)


@pytest.mark.parametrize("name", ["𠮷野", "髙橋", "邊見", "葛󠄀城"])
def test_characters_of_names_are_drawn(name: str) -> None:
    assert paper.can_draw(name)


@pytest.mark.parametrize("text", ["\ue000", "👍", "\ufeffx"])
def test_what_the_font_lacks_is_refused_instead_of_a_blank_box(text: str) -> None:
    assert not paper.can_draw(text)
    with pytest.raises(Unprintable):
        paper.render(replace(SHEET, items=[("氏名", text)]))


# the words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["labels", "layouts", "words"])
def test_what_the_system_has_copied_is_that_of_the_standard(part: str) -> None:
    """After a change of a glossary or of a layout: python tools/write_labels.py."""
    copied = getattr(tool("write_labels"), part)(shipped_root())
    assert copied
    for place, text in copied.items():
        assert place.read_text(encoding="utf-8") == text, f"python tools/write_labels.py で {place} を作り直すこと"


def test_every_document_of_the_glossary_can_be_printed() -> None:
    app.create_app("sqlite://")  # the businesses register their papers
    words = Catalog.load(shipped_root()).glossary.words
    assert {one.key for one in papers.known()} == {
        word.key for word in words if word.type == "document"
    } - papers.NO_PAPER


@pytest.mark.parametrize(
    ("word", "value", "text"),
    [
        ({"type": "yen"}, 1234567, "1,234,567円"),
        ({"type": "date"}, "2019-04-30", "平成31年4月30日"),
        ({"type": "date"}, "2019-05-01", "令和元年5月1日"),
        ({"type": "date"}, "1989-01-07", "昭和64年1月7日"),
        ({"type": "year_month"}, "2013-03", "平成25年3月"),
        ({"type": "fiscal_year"}, 2026, "令和8年度"),
        ({"type": "flag"}, False, "いいえ"),
        ({"type": "count", "unit": "cc"}, 658, "658cc"),
        ({"type": "code", "codes": {"heavy": "重課"}}, "heavy", "重課"),
        ({"type": "text"}, None, ""),
    ],
)
def test_values_are_written_as_citizens_read_them(word: dict[str, Any], value: Any, text: str) -> None:
    assert papers.shown(word, value) == text


@pytest.mark.parametrize(("text", "width"), [("架空　太郎", 5), ("ABC", 2), ("ｶｸｳ", 2), ("", 0), ("一A", 2)])
def test_two_half_width_characters_take_the_place_of_one(text: str, width: int) -> None:
    assert printing.width(text) == width


def test_a_barcode_has_67_bars_between_start_and_stop() -> None:
    bars = barcode.bars("100-0013", "1-3-2-503")
    assert len(bars) == 67
    assert (bars[:2], bars[-2:]) == ("13", "31")
    assert bars[-5:-2] == "411"  # the check digit 9 of the published example


# the office -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with EmbeddedServer() as running:
        yield Office(running.url)


class Office:
    """One municipality with somebody who owns two vehicles, one of them scrapped, all taxes assessed and paid."""

    def __init__(self, url: str) -> None:
        self.http, self.url = urllib3.PoolManager(), url
        body = {"municipality_code": "992011", "municipality_class": "general_city", "business_date": "2026-06-01"}
        self.tenant = self.http.request("POST", f"{url}/tenants", json=body).json()
        self.person = self.post("/taxpayers", name="架空　𠮷野", address="架空県見本市見本町1番地")["taxpayer_id"]
        self.kept, self.scrapped = self.vehicle("1"), self.vehicle("2")
        self.post("/vehicles/scrappings", vehicle_id=self.scrapped, scrapped_on="2026-06-01", scrap_reason="dismantled",
                  plate_returned=True)  # fmt: skip
        self.post("/assessments", fiscal_year=2026)
        self.post("/notices", fiscal_year=2026)
        self.post("/payments", vehicle_id=self.kept, fiscal_year=2026, paid_on="2026-06-01", paid_amount=6000)

    def vehicle(self, mark: str) -> str:
        given = {
            "vehicle_class": "small_two_wheeler",
            "chassis_number": f"KJ000-00000{mark}",
            "plate_number": f"見本市　き　000{mark}",
            "base_location": "架空県見本市定置町1番地",
            "acquired_on": "2026-03-01",
            "declared_on": "2026-03-02",
            "declaration_reason": "new",
            "taxpayer_id": self.person,
        }
        return str(self.post("/vehicles", **given)["vehicle_id"])

    def headers(self, role: str = "assessor") -> dict[str, str]:
        return {"X-Tenant": self.tenant["tenant"], "Authorization": f"Bearer {self.tenant['tokens'][role]}"}

    def post(self, path: str, **given: Any) -> dict[str, Any]:
        answer = self.http.request("POST", f"{self.url}/v1{path}", headers=self.headers(), json=given)
        assert answer.status == 200, answer.data.decode()
        told: dict[str, Any] = answer.json()
        return told

    def prints(self) -> Any:
        return self.http.request("GET", f"{self.url}/v1/papers/prints", headers=self.headers()).json()

    def file(self, number: str, role: str = "assessor", folder: str = "prints") -> Any:
        where = f"{self.url}/v1/papers/{folder}/{number}/file"
        return self.http.request("GET", where, headers=self.headers(role))


@pytest.mark.parametrize("title", ["標識交付証明書", "廃車申告受付書", "納税通知書", "納税証明書", "宛名情報の確認書"])
def test_every_document_opens_and_says_what_the_print_reports(office: Office, title: str) -> None:
    target = {"廃車申告受付書": office.scrapped, "宛名情報の確認書": office.person}.get(title, office.kept)
    made = office.post("/papers/prints", document_kind=title, target_id=target, fiscal_year=2026)
    answer = office.file(made["print_number"])
    assert (answer.status, answer.headers["Content-Type"]) == (200, paper.MEDIA_TYPE)
    reader, text = read(answer.data)
    assert len(reader.pages) == made["folio_count"]
    assert reader.metadata is not None
    assert reader.metadata.title == title
    for item in made["imprints"]:
        assert squeezed(item["imprint_item"]) in text
        assert squeezed(item["imprint_text"]) in text
    assert "架空𠮷野様" in text
    assert made["print_number"] in text
    assert answer.data == office.file(made["print_number"]).data


def test_taking_a_file_asks_for_the_right_to_print_and_leaves_a_line(office: Office) -> None:
    made = office.post("/papers/prints", document_kind="納税証明書", target_id=office.kept)
    assert office.file(made["print_number"], "inquirer").status == 403
    assert office.file("P99999999").status == 404
    office.file(made["print_number"])
    log = office.http.request(
        "GET",
        f"{office.url}/v1/operation-log",
        headers=office.headers("administrator"),
        fields={"operation_name": "print_document", "target_id": made["print_number"]},
    ).json()
    assert len(log["operation_log"]) == 1


def test_a_preview_is_crossed_and_leaves_no_print(office: Office) -> None:
    before = office.prints()
    where = f"{office.url}/v1/papers/preview/file"
    given = {"document_kind": "納税証明書", "target_id": office.kept}
    answer = office.http.request("GET", where, headers=office.headers("inquirer"), fields=given)
    assert answer.status == 200
    assert "プレビュー" in read(answer.data)[1]
    assert office.prints() == before


def test_the_data_for_the_printing_firm_has_headings_rows_and_a_count(office: Office) -> None:
    office.post("/taxpayers", name="架空　花子", address="架空県見本市秘密町9番地", support_measure=True)
    made = office.post("/papers/outsourced", document_kind="宛名情報の確認書")
    answer = office.file(made["outsourcing_number"], folder="outsourced")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][-3:] == ["宛名番号", "氏名", "住所"]
    assert [row[-2] for row in rows[1:-1]] == ["架空　𠮷野", "架空　花子"]
    assert rows[-1] == ["件数", str(made["record_count"])] == ["件数", "2"]
    assert "秘密町" not in answer.data.decode()


def test_a_document_without_a_rule_of_its_own_is_printed_as_issued(office: Office, monkeypatch: Any) -> None:
    title = "納税証明書"
    plain = papers.Paper("light_vehicle_tax", "tax_certificate", papers.as_issued("tax_certificate"), None)
    monkeypatch.setitem(papers._known, title, plain)
    office.post("/certificates", vehicle_id=office.kept)
    made = office.post("/papers/prints", document_kind=title, target_id=office.kept)
    assert made["imprinted_copy"]["name"] == "架空　𠮷野"


def tool(name: str) -> ModuleType:
    """A program of tools/, which is no package."""
    place = Path(__file__).parents[2] / "tools" / f"{name}.py"
    found = importlib.util.spec_from_file_location(name, place)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
