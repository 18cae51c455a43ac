"use strict";
(async () => {
  const byId = (id) => document.getElementById(id);
  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const unpack = async (text) => {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };
  // Full and half width, upper and lower case, katakana and hiragana are the same to a person who searches.
  const fold = (text) => text.normalize("NFKC").toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60))
    .replace(/[\u2010-\u2015\u2212\u30fc-]/g, "-").replace(/\s/g, "");

  const data = await unpack(byId("data").textContent);
  const keys = data.requirements.map((one) => fold([one.id, ...one.place, one.text, one.because].join("\n")));
  const filters = ["status", "obligation", "method", "business"];
  const PAGE = 100;
  let page = 0;
  let chosen = [];
  let composing = false;

  const select = () => {
    const words = byId("words").value.split(/[\s\u3000]+/).filter(Boolean).map(fold);
    const wanted = filters.map((name) => [name, byId("f-" + name).value]).filter(([, value]) => value);
    chosen = data.requirements.filter((one, index) =>
      wanted.every(([name, value]) => one[name] === value) && words.every((word) => keys[index].includes(word)));
    page = 0;
    show();
  };
  const row = (one) => {
    const line = element("tr");
    const head = element("th");
    head.scope = "row";
    const link = element("a", one.id);
    link.href = "#" + one.id;
    head.append(link);
    const text = element("td");
    text.append(element("span", one.place.join(" ＞ "), "place"), one.text);
    line.append(head, text, element("td", one.obligationText), element("td", one.claimed),
      element("td", one.statusText, "s-" + one.status), element("td", one.review));
    return line;
  };
  const show = () => {
    const last = Math.max(1, Math.ceil(chosen.length / PAGE));
    byId("list").tBodies[0].replaceChildren(...chosen.slice(page * PAGE, (page + 1) * PAGE).map(row));
    byId("count").textContent = `${data.requirements.length} 件のうち ${chosen.length} 件`;
    byId("page").textContent = `${page + 1} / ${last}`;
    byId("before").disabled = page === 0;
    byId("after").disabled = page + 1 >= last;
    byId("pages").hidden = last === 1;
  };

  const listOf = (title, entries) => {
    if (!entries.length) return [];
    const list = element("ul");
    list.append(...entries.map((entry) => element("li", entry)));
    return [element("h3", title), list];
  };
  const pair = (label, text, kind) => {
    const line = element("div");
    line.append(element("dt", label), element("dd", text, kind));
    return line;
  };
  const tableOf = (rows) => {
    const table = element("table");
    rows.forEach((cells, index) => {
      const line = element("tr");
      line.append(...cells.map((cell) => element(index ? "td" : "th", cell)));
      table.append(line);
    });
    return table;
  };
  const stepOf = ([keyword, text, table], failed) => {
    const line = element("li", undefined, failed ? "failed" : "");
    line.append(element("b", keyword), " " + text + (failed ? "　← ここで止まりました" : ""));
    if (table) line.append(tableOf(table));
    return line;
  };
  const caseOf = (id) => {
    const one = data.cases[id];
    const box = element("div", undefined, "case");
    box.append(element("h4", `【${one.verdictText}】${one.name}`), element("p", one.at, "at"));
    if (one.message) box.append(element("p", one.message, "message"));
    if (one.remedy) box.append(element("p", `${one.fault}の問題です。${one.remedy}`));
    const steps = element("ol", undefined, "steps");
    steps.append(...one.steps.map((step, index) => stepOf(step, index === one.failedStep)));
    box.append(steps);
    if (one.exchanges.length) {
      const talk = element("details");
      talk.append(element("summary", `製品とのやり取り ${one.exchanges.length} 件`));
      for (const [title, asked, reply] of one.exchanges) {
        talk.append(element("h5", title), element("pre", asked), element("pre", reply));
      }
      box.append(talk);
    }
    if (one.attachments.length) {
      const kept = element("details");
      const list = element("ul");
      for (const [name, address] of one.attachments) {
        const link = element("a", name);
        link.href = address;
        const row = element("li");
        row.append(link);
        list.append(row);
      }
      kept.append(element("summary", `画面の写しなどの証跡 ${one.attachments.length} 件`),
        element("p", "実行フォルダーの evidence にあるファイルです。報告書だけを受け取ったときは開けません。"), list);
      box.append(kept);
    }
    return box;
  };
  const detail = (one) => {
    const facts = element("dl");
    facts.append(pair("要件文", one.text), pair("検証", one.statusText, "s-" + one.status), pair("この判定の意味", one.meaning),
      pair("判定の理由", one.because), pair("実装区分", `${one.obligationText}（${one.certainty}）`), pair("宣言", one.claimed),
      pair("団体の確認", one.review), pair("検査方法", one.methodText), pair("要件の理由", one.rationale), pair("適用", one.effective));
    if (one.underlying) facts.append(pair("免除の前の判定", one.underlying), pair("免除", one.waiver));
    byId("h-detail").textContent = `${one.id} ${one.place[2]}`;
    byId("body").replaceChildren(facts, ...listOf("根拠", one.laws), ...listOf("関係する公表事故", one.incidents),
      ...listOf("確認の手順", one.procedure), ...listOf("人による確認（証言）", one.attestations),
      element("h3", `シナリオ ${one.cases.length} 件`), ...one.cases.map(caseOf));
    byId("detail").hidden = false;
    byId("detail").focus();
    byId("detail").scrollIntoView();
  };
  const follow = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const one = data.requirements.find((entry) => entry.id === wanted);
    if (one) detail(one);
    else byId("detail").hidden = true;
  };

  byId("words").addEventListener("compositionstart", () => { composing = true; });
  byId("words").addEventListener("compositionend", () => { composing = false; select(); });
  byId("words").addEventListener("input", () => { if (!composing) select(); });
  filters.forEach((name) => byId("f-" + name).addEventListener("change", select));
  byId("clear").addEventListener("click", () => {
    byId("words").value = "";
    filters.forEach((name) => { byId("f-" + name).value = ""; });
    select();
  });
  byId("before").addEventListener("click", () => { page -= 1; show(); });
  byId("after").addEventListener("click", () => { page += 1; show(); });
  byId("back").addEventListener("click", () => { location.hash = "h-list"; byId("h-list").scrollIntoView(); });
  window.addEventListener("hashchange", follow);
  byId("plain").remove();
  byId("tools").hidden = false;
  byId("live").hidden = false;
  select();
  follow();
})();
