"use strict";
(async () => {
  const byId = (id) => document.getElementById(id);
  const make = (name, about, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(about || {})) {
      if (key === "class") made.className = value;
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...inside.flat().filter((one) => one !== undefined && one !== null && one !== ""));
    return made;
  };
  const unpack = async (id) => {
    const bytes = Uint8Array.from(atob(byId(id).textContent), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };
  const packs = new Map();
  const pack = (id) => {
    if (!packs.has(id)) packs.set(id, unpack(id));
    return packs.get(id);
  };

  const data = await unpack("data");
  const { terms, places, rows, causes } = data;
  const ROW = { id: 0, place: 1, text: 2, because: 3, status: 4, obligation: 5, claimed: 6, method: 7, review: 8, certainty: 9, cases: 10, failed: 11, then: 12 };
  const PAGE = 100;
  const PAPER = 5000;
  let english = 0;
  const t = (ja, en) => english ? en : ja;
  const word = (kind, value) => terms[kind][value][english];
  const ja = (name, about, ...inside) => make(name, { lang: "ja", ...about }, ...inside);
  const lines = rows.map((row, index) => index);
  const lineOf = new Map(rows.map((row, index) => [row[ROW.id], index]));

  const keys = new Array(rows.length);
  const keyOf = (index) => keys[index] ??= fold([rows[index][ROW.id], ...places[rows[index][ROW.place]].slice(1), rows[index][ROW.text], rows[index][ROW.because]].join("\n"));
  const foldAhead = (from) => {
    const until = Math.min(from + 2000, rows.length);
    for (let index = from; index < until; index += 1) keyOf(index);
    if (until < rows.length) setTimeout(foldAhead, 0, until);
  };

  const view = { words: "", status: "", obligation: "", claimed: "", method: "", business: "", chapter: "", then: "", cause: "", sort: "", down: false, page: 0 };
  let chosen = lines;
  let composing = false;

  // what is chosen, and in which order ------------------------------------------------------------------

  const chapterOf = (place) => place[0] + "\n" + place[2];
  const held = () => new Set(causes[view.cause].requirements);
  const SEVERITY = Object.keys(terms.status);
  const ranks = {
    id: (index) => index,
    status: (index) => SEVERITY.indexOf(rows[index][ROW.status]),
    obligation: (index) => Object.keys(terms.obligation).indexOf(rows[index][ROW.obligation]),
    claimed: (index) => Object.keys(terms.claimed).indexOf(rows[index][ROW.claimed]),
    review: (index) => Object.keys(terms.review).indexOf(rows[index][ROW.review]),
  };
  const select = () => {
    const words = view.words.split(/[\s\u3000]+/).filter(Boolean).map(fold).filter(Boolean);
    const wanted = ["status", "obligation", "claimed", "method"].filter((name) => view[name]).map((name) => [ROW[name], view[name]]);
    const waiting = view.cause === "" ? null : held();
    chosen = lines.filter((index) => {
      const row = rows[index];
      return wanted.every(([column, value]) => row[column] === value)
        && (!view.business || places[row[ROW.place]][0] === view.business)
        && (!view.chapter || chapterOf(places[row[ROW.place]]) === view.chapter)
        && (!view.then || row[ROW.then])
        && (!waiting || waiting.has(row[ROW.id]))
        && words.every((one) => keyOf(index).includes(one));
    });
    if (view.sort) {
      const rank = new Map(chosen.map((index) => [index, ranks[view.sort](index)]));
      const sign = view.down ? -1 : 1;
      chosen.sort((one, other) => sign * (rank.get(one) - rank.get(other)) || one - other);
    }
    view.page = 0;
    show();
  };

  // the list ---------------------------------------------------------------------------------------------

  const chip = (kind, value) => make("span", { class: `chip s-${value}` }, word(kind, value));
  const lineFor = (index) => {
    const row = rows[index];
    return make("tr", {},
      make("th", { scope: "row" }, make("a", { href: "#" + row[ROW.id] }, row[ROW.id])),
      ja("td", {}, make("span", { class: "place" }, places[row[ROW.place]].slice(2).join(" ＞ ")), row[ROW.text]),
      make("td", {}, word("obligation", row[ROW.obligation])),
      make("td", {}, word("claimed", row[ROW.claimed])),
      make("td", {}, chip("status", row[ROW.status])),
      make("td", {}, word("review", row[ROW.review])));
  };
  const headsOfList = () => {
    const heads = [["id", t("要件番号", "Requirement")], ["", t("機能と要件文", "Function and text")], ["obligation", t("実装区分", "Obligation")],
      ["claimed", t("宣言", "Claimed")], ["status", t("検証", "Verified")], ["review", t("団体の確認", "Reviewed")]];
    byId("list").tHead.replaceChildren(make("tr", {}, heads.map(([name, text]) => {
      if (!name) return make("th", { scope: "col", class: "plain" }, text);
      const order = view.sort === name ? (view.down ? "descending" : "ascending") : undefined;
      const mark = order ? (view.down ? " ▼" : " ▲") : " ↕";
      const onclick = () => {
        [view.sort, view.down] = view.sort === name ? [view.down ? "" : name, !view.down] : [name, false];
        select();
        headsOfList();
        byId("sort-" + name).focus();
      };
      return make("th", { scope: "col", "aria-sort": order },
        make("button", { type: "button", class: "sort", id: "sort-" + name, onclick }, text, make("span", { "aria-hidden": "true", class: "order" }, mark)),
        make("span", { class: "paper", "aria-hidden": "true" }, text));
    })));
  };
  const show = () => {
    const last = Math.max(1, Math.ceil(chosen.length / PAGE));
    byId("list").tBodies[0].replaceChildren(...chosen.slice(view.page * PAGE, (view.page + 1) * PAGE).map(lineFor));
    byId("count").textContent = t(`${rows.length.toLocaleString()} 件のうち ${chosen.length.toLocaleString()} 件`, `${chosen.length.toLocaleString()} of ${rows.length.toLocaleString()}`);
    const turn = (by, text, at) => make("button", { type: "button", disabled: at, onclick: () => { view.page += by; show(); byId("h-list").focus(); byId("h-list").scrollIntoView(); } }, text);
    byId("pages").hidden = last === 1;
    byId("pages").replaceChildren(turn(-1, t(`前の ${PAGE} 件`, `Previous ${PAGE}`), view.page === 0), make("span", {}, `${view.page + 1} / ${last}`),
      turn(1, t(`次の ${PAGE} 件`, `Next ${PAGE}`), view.page + 1 >= last));
  };
  const tools = () => {
    const choice = (name, label, options) => make("label", {}, label, make("select", { id: "f-" + name, onchange: (event) => { view[name] = event.target.value; select(); } },
      [["", t("全て", "All")], ...options].map(([value, text]) => make("option", { value, selected: view[name] === value, lang: "chapter business".includes(name) && value ? "ja" : undefined }, text))));
    const all = (kind) => Object.keys(terms[kind]).map((value) => [value, word(kind, value)]);
    const businesses = [...new Map(places.map((place) => [place[0], place[1]]))];
    const chapters = [...new Map(places.map((place) => [chapterOf(place), businesses.length > 1 ? `${place[1]} ${place[2]}` : place[2]]))];
    const words = make("input", { id: "words", type: "search", autocomplete: "off", value: view.words,
      oncompositionstart: () => { composing = true; },
      oncompositionend: (event) => { composing = false; view.words = event.target.value; select(); },
      oninput: (event) => { if (!composing) { view.words = event.target.value; select(); } } });
    const clear = make("button", { type: "button", onclick: () => {
      Object.assign(view, { words: "", status: "", obligation: "", claimed: "", method: "", business: "", chapter: "", then: "", cause: "" });
      tools();
      select();
      byId("words").focus();
    } }, t("条件を消す", "Clear"));
    byId("tools").replaceChildren(
      make("label", {}, t("ことばで探す（空白で区切ると全てを含むもの）", "Search (all words)"), words),
      choice("status", t("検証", "Verified"), all("status")), choice("obligation", t("実装区分", "Obligation"), all("obligation")),
      choice("claimed", t("宣言", "Claimed"), all("claimed")), choice("method", t("検査方法", "Method"), all("method")),
      ...(businesses.length > 1 ? [choice("business", t("業務", "Business"), businesses)] : []),
      choice("chapter", t("章", "Chapter"), chapters),
      ...(data.compared ? [choice("then", t("前の実行から", "Since the earlier run"), [["1", t("変わったもの", "Changed")]])] : []),
      clear,
      ...(view.cause === "" ? [] : [make("p", { class: "limit" }, t("この原因を待つ要件: ", "Waiting for: "), ja("b", {}, causes[view.cause].title))]),
      make("p", { id: "count", role: "status" }));
  };
  const narrow = (about) => {
    Object.assign(view, { words: "", status: "", obligation: "", claimed: "", method: "", business: "", chapter: "", then: "", cause: "", ...about });
    tools();
    select();
    byId("h-list").focus();
    byId("h-list").scrollIntoView();
  };

  // causes and chapters ----------------------------------------------------------------------------------

  let shownCauses = 10;
  const linkTo = (id) => make("a", { href: "#" + id }, id);
  const causeCard = (cause, number, open) => {
    const waiting = cause.requirements.slice(0, 40);
    const letter = ja("textarea", { readonly: true, rows: 16, "aria-label": t("問い合わせの文", "Question to send") });
    letter.value = cause.question;
    const told = make("span", { role: "status" });
    const copy = make("button", { type: "button", class: "copy", onclick: () => {
      letter.select();
      told.textContent = document.execCommand("copy") ? t("写しました。", "Copied.") : t("写せません。文を選んで写してください。", "Select the text and copy it.");
    } }, t("問い合わせの文を写す", "Copy the question"));
    return make("details", { class: "cause", open },
      make("summary", {}, ja("b", {}, number === undefined ? cause.title : `${number}. ${cause.title}`), make("span", { class: "figures" },
        t(`要件 ${cause.requirements.length} 件（うち、これだけを待つもの ${cause.unlocks} 件）、シナリオ ${cause.cases} 件`,
          `${cause.requirements.length} requirements (${cause.unlocks} waiting for this alone), ${cause.cases} scenarios`))),
      make("dl", {}, pair(t("どういうことか", "What it means"), terms.cause[cause.kind][english]), pair(t("誰に聞くか", "Whom to ask"), terms.whom[cause.kind][english])),
      make("h3", {}, t("問い合わせの文（そのまま送れます）", "A question ready to send (in Japanese)")), letter, make("p", {}, copy, " ", told),
      make("h3", {}, t("この原因を待つ要件", "Requirements waiting for it")),
      make("p", { class: "links" }, waiting.map(linkTo), cause.requirements.length > waiting.length ? t(`ほか ${cause.requirements.length - waiting.length} 件`, `and ${cause.requirements.length - waiting.length} more`) : ""),
      number === undefined ? "" : make("p", {}, make("button", { type: "button", onclick: () => narrow({ cause: number - 1 }) }, t("一覧をこの原因で絞る", "Show them in the list"))));
  };
  const listCauses = () => {
    const more = causes.length - shownCauses;
    byId("cause-list").replaceChildren(...causes.slice(0, shownCauses).map((cause, index) => make("li", {}, causeCard(cause, index + 1))),
      ...(more > 0 ? [make("li", {}, make("button", { type: "button", onclick: () => { shownCauses = causes.length; listCauses(); } }, t(`残りの原因 ${more} 件も示す`, `Show ${more} more`)))] : []));
  };
  const listChapters = () => {
    const found = new Map();
    for (const row of rows) {
      const place = places[row[ROW.place]];
      const key = chapterOf(place);
      if (!found.has(key)) found.set(key, { business: place[1], major: place[2], counts: {} });
      const { counts } = found.get(key);
      counts[row[ROW.status]] = (counts[row[ROW.status]] || 0) + 1;
    }
    const table = byId("chapter-list");
    table.tHead.replaceChildren(make("tr", {}, [t("業務", "Business"), t("章（大項目）", "Chapter"), ...SEVERITY.map((one) => word("status", one))].map((text) => make("th", { scope: "col" }, text))));
    table.tBodies[0].replaceChildren(...[...found].map(([key, chapter]) => make("tr", {},
      ja("td", {}, chapter.business),
      ja("th", { scope: "row" }, make("a", { href: "#h-list", onclick: (event) => { event.preventDefault(); narrow({ chapter: key }); } }, chapter.major)),
      SEVERITY.map((one) => make("td", { class: chapter.counts[one] ? "number" : "number zero" }, String(chapter.counts[one] || 0))))));
    byId("chapters").hidden = false;
  };

  // one requirement --------------------------------------------------------------------------------------

  const pair = (label, ...inside) => make("div", {}, make("dt", {}, label), make("dd", {}, ...inside));
  const japanese = (text) => text ? ja("span", {}, text) : "－";
  const listOf = (title, entries) => entries.length ? [make("h2", {}, title), ja("ul", {}, entries.map((entry) => make("li", {}, entry)))] : [];
  const tableOf = (cells) => make("table", {},
    make("thead", {}, make("tr", {}, cells[0].map((cell) => make("th", { scope: "col" }, cell)))),
    make("tbody", {}, cells.slice(1).map((line) => make("tr", {}, line.map((cell) => make("td", {}, cell))))));
  const stepOf = ([keyword, text, table], failed) => make("li", { class: failed ? "failed" : undefined },
    make("b", {}, keyword), " " + text + (failed ? "　← ここで止まりました" : ""), table ? tableOf(table) : "");
  const pretty = (content) => typeof content === "string" ? content : JSON.stringify(content, null, 1);
  const attachmentsOf = (one) => one.attachments.length ? make("details", {},
    make("summary", {}, t(`画面の写しなどの証跡 ${one.attachments.length} 件`, `${one.attachments.length} files of evidence`)),
    make("p", {}, t("実行フォルダーの evidence にあるファイルです。報告書だけを受け取ったときは開けません。", "They lie in the folder evidence of the run and cannot be opened from the report alone.")),
    make("ul", {}, one.attachments.map(([name, address]) => make("li", {}, make("a", { href: address }, name))))) : "";
  const messagesOf = (one) => {
    if (one.exchanges === null) return one.evidence ? make("p", { class: "at" }, t(`製品とのやり取りは、大きさのためここにはありません。証跡のファイル ${one.evidence}… にあります。`, `The messages are left out for size; see the evidence file ${one.evidence}….`)) : "";
    return one.exchanges.length ? make("details", {},
      make("summary", {}, t(`製品とのやり取り ${one.exchanges.length} 件`, `${one.exchanges.length} messages exchanged with the product`)),
      ...one.exchanges.flatMap(([title, asked, reply]) => [ja("h4", {}, title), ja("pre", {}, pretty(asked)), ja("pre", {}, pretty(reply))])) : "";
  };
  const caseOf = (one) => {
    const kind = { pass: "good", fail: "bad" }[one.verdict] || "doubt";
    return make("article", { class: `case ${kind}` },
      make("h3", {}, `【${terms.verdict[one.verdict][english]}】`, ja("span", {}, one.name)), ja("p", { class: "at" }, one.at),
      one.message ? ja("p", { class: "message" }, one.message) : "",
      one.fault && one.verdict !== "pass" ? make("p", {}, terms.fault[one.fault][english]) : "",
      one.steps === null ? make("p", { class: "at" }, t("ステップは、大きさのためここにはありません。上の場所にあります。", "The steps are left out for size; they stand at the place above."))
        : ja("ol", { class: "steps" }, one.steps.map((step, index) => stepOf(step, index === one.failedStep))),
      messagesOf(one), attachmentsOf(one));
  };
  const neighbour = (index, by, text) => {
    const place = chosen.indexOf(index);
    const other = place < 0 ? undefined : chosen[place + by];
    return other === undefined ? "" : make("a", { href: "#" + rows[other][ROW.id] }, text);
  };
  let asked = 0;
  let scrolled = 0;
  const detail = async (index) => {
    const turn = asked += 1;
    const row = rows[index];
    const more = (await pack("r" + Math.floor(index / data.perPack)))[index % data.perPack];
    const cases = await Promise.all(more.cases.map(async (one) => (await pack("c" + Math.floor(one / data.perPack)))[one % data.perPack]));
    if (turn !== asked) return; // another one was asked for meanwhile
    const WORST = ["fail", "error", "inconclusive", "none", "pass"];
    cases.sort((one, other) => WORST.indexOf(one.verdict) - WORST.indexOf(other.verdict));
    const facts = make("dl", {},
      pair(t("要件文", "Text"), japanese(row[ROW.text])), pair(t("検証", "Verified"), chip("status", row[ROW.status])),
      pair(t("この判定の意味", "What that means"), terms.meaning[row[ROW.status]][english]),
      pair(t("判定の理由", "Why"), ...(english ? [terms.rule[more.rule] + " ", ja("span", {}, row[ROW.because])] : [row[ROW.because]])),
      row[ROW.then] ? pair(t("前の実行での判定", "In the earlier run"), word("status", row[ROW.then])) : "",
      more.underlying ? pair(t("免除の前の判定", "Before the waiver"), word("status", more.underlying)) : "",
      more.waiver ? pair(t("免除", "Waiver"), japanese(more.waiver)) : "",
      pair(t("実装区分", "Obligation"), `${word("obligation", row[ROW.obligation])}（${terms.certainty[row[ROW.certainty]][english]}）`),
      pair(t("宣言", "Claimed"), word("claimed", row[ROW.claimed])),
      pair(t("団体の確認", "Reviewed"), english && more.review === terms.review[row[ROW.review]][0] ? word("review", row[ROW.review]) : japanese(more.review)),
      pair(t("検査方法", "Method"), word("method", row[ROW.method])),
      pair(t("要件の理由", "Rationale"), japanese(more.rationale)), pair(t("適用", "In force"), japanese(more.effective)));
    const back = () => make("a", { href: "#h-list" }, t("一覧に戻る", "Back to the list"));
    const moves = () => make("p", { class: "moves" }, back(), neighbour(index, -1, t("前の要件", "Previous")), neighbour(index, 1, t("次の要件", "Next")));
    const place = places[row[ROW.place]];
    byId("detail").replaceChildren(moves(),
      ja("p", { class: "place" }, [place[1], ...place.slice(2, 4)].join(" ＞ ")),
      make("h1", { id: "h-detail", tabindex: "-1" }, row[ROW.id] + " ", ja("span", {}, place[4])), facts,
      ...(more.causes.length ? [make("h2", {}, t("原因と次の一手", "Causes, and what to do next")), ...more.causes.map((one) => causeCard(causes[one], undefined, more.causes.length === 1))] : []),
      ...listOf(t("根拠", "Legal basis"), more.laws), ...listOf(t("関係する公表事故", "Published incidents"), more.incidents),
      ...listOf(t("確認の手順", "Procedure"), more.procedure), ...listOf(t("人による確認（証言）", "Attestations"), more.attestations),
      make("h2", {}, t(`シナリオ ${cases.length} 件`, `${cases.length} scenarios`)), ...cases.map(caseOf), moves());
    if (!byId("overview").hidden) scrolled = window.scrollY;
    byId("overview").hidden = true;
    byId("detail").hidden = false;
    byId("h-detail").focus();
    window.scrollTo(0, 0);
  };
  const follow = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const index = lineOf.get(wanted);
    if (index !== undefined) return detail(index);
    asked += 1;
    const wasAway = byId("overview").hidden;
    byId("overview").hidden = false;
    byId("detail").hidden = true;
    if (wasAway && wanted === "h-list") window.scrollTo(0, scrolled);
    else if (wanted && byId(wanted)) byId(wanted).scrollIntoView();
    return undefined;
  };

  // language, paper, start -------------------------------------------------------------------------------

  const draw = () => {
    document.documentElement.lang = t("ja", "en");
    document.title = t(`適合報告 ${data.title[0]}`, `Conformance report ${data.title[1]}`);
    byId("language").textContent = t("English", "日本語");
    byId("language").lang = t("en", "ja");
    for (const [place, text] of [[".jump", t("目次", "Contents")], ["#pages", t("ページ", "Pages")], ["#list-scroll", t("要件の一覧", "List of requirements")]]) {
      document.querySelector(place).setAttribute("aria-label", text);
    }
    headsOfList();
    tools();
    listCauses();
    listChapters();
    const page = view.page;
    select();
    view.page = page;
    show();
    follow();
  };
  byId("language").addEventListener("click", () => { english = 1 - english; draw(); byId("language").focus(); });
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => {
    byId("list").tBodies[0].replaceChildren(...chosen.slice(0, PAPER).map(lineFor));
    byId("too-many").hidden = chosen.length <= PAPER;
    byId("too-many").textContent = t(`印刷は ${PAPER.toLocaleString()} 件までです。全ては kijun report --format pdf で作れます。`, `Prints hold ${PAPER.toLocaleString()} rows; kijun report --format pdf has them all.`);
  });
  window.addEventListener("afterprint", () => { byId("too-many").hidden = true; show(); });
  byId("plain").remove();
  for (const id of ["tools", "live", "language"]) byId(id).hidden = false;
  draw();
  document.documentElement.dataset.ready = "yes";
  setTimeout(foldAhead, 50, 0);
})();
