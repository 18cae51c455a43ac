// Reads a page as somebody reads it who hears it read aloud: by names, not by places. Run inside the page; keeps nothing there.
(() => {
  const blank = /[ \t\r\n\f]+/g; // ideographic spaces belong to values
  const tidy = (text) => (text || "").replace(blank, " ").trim();
  const plain = (text) => (text || "").replace(/\s+/g, "").replace(/[:：*＊※]+$/, "");
  const isSeen = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest("[aria-hidden=true]");
  const CONTROLS = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]), select, textarea";

  // The text of a node without what is hidden from a reader.
  const spoken = (node) => {
    let told = "";
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) told += child.data;
      else if (child.nodeName === "BR") told += "\n";
      else if (child.nodeType === Node.ELEMENT_NODE && isSeen(child) && !child.matches("script, style")) told += spoken(child);
    }
    return told;
  };

  // What stands in a cell; links and buttons beside a text are ways to go on, not part of it.
  const cellText = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("a, button, script, style, [aria-hidden=true]").forEach((one) => one.remove());
    copy.querySelectorAll("br").forEach((one) => one.replaceWith("\n"));
    return tidy(copy.textContent) || tidy(spoken(cell));
  };

  const named = (ids) => (ids || "").split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(spoken).join(" ");

  // The words of a label without the box in it.
  const labelText = (label) => {
    const copy = label.cloneNode(true);
    copy.querySelectorAll(CONTROLS + ", output, [aria-hidden=true]").forEach((one) => one.remove());
    return tidy(copy.textContent);
  };

  // The name of a box: what belongs to it, else the cell before it, as in forms laid out by tables.
  const nameOf = (control) => {
    const own = control.getAttribute("aria-label") || named(control.getAttribute("aria-labelledby"))
      || [...(control.labels || [])].map(labelText).join(" ");
    if (plain(own)) return tidy(own);
    const cell = control.closest("td, dd");
    const before = cell && cell.previousElementSibling;
    if (before && !before.querySelector(CONTROLS)) return tidy(spoken(before));
    return tidy(control.title || control.placeholder || "");
  };

  // Headings in the order of the page, so that everything knows what it stands under.
  const headingsAndThings = () => document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading], legend, table, dl, output, " + CONTROLS);
  const isHeading = (node) => node.matches("h1, h2, h3, h4, h5, h6, [role=heading], legend");

  const shown = (control) => {
    if (control.matches("select")) return tidy(control.selectedOptions[0]?.textContent);
    if (control.matches("input[type=checkbox], input[type=radio]")) return null;
    return tidy(control.matches("output") ? control.textContent : control.value);
  };

  const isLocked = (control) => control.matches("output, [readonly], :disabled");

  function readTable(table, section, told) {
    const rows = [...table.rows].filter(isSeen);
    const caption = table.caption && isSeen(table.caption) ? tidy(spoken(table.caption)) : "";
    const first = rows[0];
    if (!first) return;
    const all = (row, tag) => [...row.cells].every((cell) => cell.tagName === tag);
    if (all(first, "TH") && (first.cells.length > 1 || rows.slice(1).every((row) => all(row, "TD")))) {
      const columns = [...first.cells].map((cell) => tidy(spoken(cell)));
      const body = rows.slice(1).filter((row) => !(row.cells.length === 1 && row.cells[0].colSpan > 1));
      told.tables.push({ section: caption || section, columns, rows: body.map((row) => [...row.cells].map(cellText)) });
      return;
    }
    for (const row of rows) {
      const cells = [...row.cells];
      const hasNames = cells.some((cell) => cell.tagName === "TH");
      for (let at = 0; at + 1 < cells.length; at += 1) {
        const [name, value] = [cells[at], cells[at + 1]];
        if (hasNames ? name.tagName !== "TH" || value.tagName !== "TD" : at % 2) continue;
        if (!value.querySelector(CONTROLS + ", table")) told.pairs.push([caption || section, tidy(spoken(name)), cellText(value)]);
      }
    }
  }

  function read() {
    const told = { headings: [], regions: [], alerts: [], statuses: [], pairs: [], tables: [], whole: document.readyState !== "loading" };
    const all = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);
    told.alerts = all("[role=alert], [role=alertdialog]").map((one) => tidy(spoken(one))).filter(Boolean);
    told.statuses = all("[role=status]").map((one) => tidy(spoken(one))).filter(Boolean);
    told.regions = all("section, [role=region]").map((one) => tidy(one.getAttribute("aria-label") || named(one.getAttribute("aria-labelledby")))).filter(Boolean);
    let section = "";
    for (const node of headingsAndThings()) {
      if (!isSeen(node)) continue;
      if (isHeading(node)) told.headings.push((section = tidy(spoken(node))));
      else if (node.matches("table")) readTable(node, section, told);
      else if (node.matches("dl")) {
        let name = "";
        for (const part of node.querySelectorAll("dt, dd")) {
          if (part.tagName === "DT") name = tidy(spoken(part));
          else if (!part.querySelector(CONTROLS)) told.pairs.push([section, name, cellText(part)]);
        }
      } else if (isLocked(node) && shown(node) !== null && nameOf(node)) told.pairs.push([section, nameOf(node), shown(node)]);
    }
    return told;
  }

  // The boxes of this name that can be written into.
  function controls(spot) {
    const found = [];
    let section = "";
    for (const node of headingsAndThings()) {
      if (!isSeen(node)) continue;
      if (isHeading(node)) section = tidy(spoken(node));
      else if (node.matches(CONTROLS) && !isLocked(node) && plain(nameOf(node)) === plain(spot.name)
        && (!spot.section || plain(section) === plain(spot.section))) found.push(node);
    }
    return found;
  }

  // The one box of this name. Throws how many there are when there is not one.
  function box(spot) {
    const found = spot.css ? [...document.querySelectorAll(spot.css)] : controls(spot);
    if (found.length !== 1) throw new Error(`boxes:${found.length}`);
    return found[0];
  }

  // What kind of box it is, and what can be chosen in it.
  function kind(spot) {
    const one = box(spot);
    const options = one.matches("select") ? [...one.options].map((option) => [option.textContent.trim(), option.value]) : [];
    return { kind: one.matches("select") ? "select" : one.type, options };
  }

  // Which of these boxes hold something although nobody wrote into them: what a page proposes is not what was given.
  function proposals(spots) {
    return spots.map((spot) => {
      const found = spot.css ? [...document.querySelectorAll(spot.css)] : controls(spot);
      if (found.length !== 1 || found[0].matches("[type=checkbox], [type=radio], [type=file]") || !found[0].value) return "";
      return found[0].matches("select") ? ([...found[0].options].some((one) => !one.value) ? "select" : "") : "box";
    });
  }

  // What can be pressed under this name: buttons before links.
  function buttons(spot) {
    const named = (node) => plain(node.getAttribute("aria-label") || (node.matches("input") ? node.value || node.alt : spoken(node)));
    const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading], legend")].filter(isSeen);
    const under = (node) => heads.filter((head) => head.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
    const isHere = (node) => !spot.section || plain(under(node) && spoken(under(node))) === plain(spot.section);
    const all = (selector) => [...document.querySelectorAll(selector)]
      .filter((node) => isSeen(node) && !node.disabled && named(node) === plain(spot.name) && isHere(node));
    return [...all("button, [role=button], input[type=submit], input[type=button], input[type=image]"), ...all("a[href], [role=link], [role=menuitem]")];
  }

  // Cover what belongs to these names, and everything known from pages before, wherever it stands. For good: the page
  // is left afterwards. Returns what is known now.
  function mask({ names, known }) {
    const wanted = new Set(names.map(plain));
    const values = new Set(known);
    const told = read();
    for (const [, name, value] of told.pairs) if (wanted.has(plain(name))) values.add(value);
    for (const { columns, rows } of told.tables)
      columns.forEach((name, at) => wanted.has(plain(name)) && rows.forEach((row) => values.add(row[at])));
    for (const control of document.querySelectorAll(CONTROLS))
      if (wanted.has(plain(nameOf(control))) && shown(control)) values.add(control.value), values.add(shown(control));
    const long = [...values].filter((value) => value && [...value].length > 1).sort((a, b) => b.length - a.length);
    const covered = (text) => {
      for (const value of long) {
        for (const form of new Set([value, encodeURIComponent(value), encodeURIComponent(value).replace(/%20/g, "+")]))
          text = text.split(form).join("●".repeat([...value].length));
      }
      return text.replace(/(?<![0-9０-９])[0-9０-９]{12}(?![0-9０-９])/g, "●".repeat(12));
    };
    document.querySelectorAll("script").forEach((one) => one.remove());
    const nodes = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
    for (let node = nodes.currentNode; node; node = nodes.nextNode()) {
      if (node.nodeType !== Node.ELEMENT_NODE) {
        const after = covered(node.data);
        if (after !== node.data) node.data = after;
        continue;
      }
      for (const { name, value } of [...node.attributes]) {
        if (/^on/i.test(name)) node.removeAttribute(name);
        else if (name !== "style" && covered(value) !== value) node.setAttribute(name, covered(value));
      }
      if (node.matches("input, textarea") && node.type !== "file") {
        if (node.matches("input[type=password]")) node.value = "";
        else if (covered(node.value) !== node.value) node.type === "date" ? (node.value = "") : (node.value = covered(node.value));
        if (node.matches("textarea")) node.textContent = node.value;
        else if (!node.matches("[type=checkbox], [type=radio], [type=password]")) node.setAttribute("value", node.value);
        else if (node.matches("[type=password]")) node.removeAttribute("value");
        else node.toggleAttribute("checked", node.checked);
      }
      if (node.matches("option")) node.toggleAttribute("selected", node.selected);
    }
    return [...values];
  }

  return { read, box, kind, proposals, buttons, mask };
})()
