"use strict";
// Full and half width, upper and lower case, katakana and hiragana, dashes, variants are the same to who searches.
const fold = (text) => text.normalize("NFKC").toLowerCase()
  .replace(/[\u30a1-\u30f6]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60))
  .replace(/[\u2010-\u2015\u2212\u30fc-]/g, "-").replace(/[\s\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, "");
