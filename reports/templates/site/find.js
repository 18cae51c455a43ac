(() => {
  const { pages, rows, gone } = SPECIFICATION;
  const byId = (id) => document.getElementById(id);
  const asked = new URLSearchParams(location.search);
  const href = (row) => `${pages[row[1]]}#${encodeURIComponent(row[0])}`;
  const MOST = 200;

  const goTo = (id) => {
    const row = rows.find((one) => one[0] === id);
    const place = row ? href(row) : Object.hasOwn(gone, id) ? gone[id] : "";
    if (place) location.replace(place);
    else byId("count").textContent = `要件 ${id} はこの仕様書にありません。`;
  };

  const link = (row) => {
    const line = document.createElement("li"), anchor = document.createElement("a"), place = document.createElement("span"), text = document.createElement("p");
    anchor.href = href(row);
    anchor.textContent = row[0];
    place.className = "at";
    place.textContent = row[2];
    text.textContent = row[3];
    line.append(anchor, " ", place, text);
    return line;
  };

  let keys;
  const search = (text) => {
    const words = text.split(/[\s\u3000]+/).map(fold).filter(Boolean);
    if (!words.length) return;
    keys ??= rows.map((row) => fold([row[0], row[2], row[3]].join("\n")));
    const found = rows.filter((row, index) => words.every((word) => keys[index].includes(word)));
    byId("count").textContent = found.length > MOST
      ? `${found.length} 件あります。初めの ${MOST} 件を示します。語を足して絞ってください。`
      : `${found.length} 件あります。`;
    byId("found").replaceChildren(...found.slice(0, MOST).map(link));
  };

  if (asked.get("id")) goTo(asked.get("id"));
  else {
    byId("words").value = asked.get("q") ?? "";
    search(byId("words").value);
    byId("words").addEventListener("input", () => search(byId("words").value));
  }
  document.documentElement.dataset.ready = "yes";
})();
