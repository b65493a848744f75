// «Nhập số liệu» and the figures on cards: pasting from a spreadsheet, drafts, hints beside the cell.
// Everything here is said again by the server; without this file nothing is lost but comfort.
"use strict";

// 1.234,5 → 1234.5; null for an empty cell or a lone dash, NaN for what the server will refuse.
const readFigure = (text) => {
  const typed = text.replace(/\s+/g, "").replace(/%$/, "");
  if (["", "-", "–", "—"].includes(typed)) return null;
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(typed) || /^\d+(,\d+)?$/.test(typed)) return Number(typed.replaceAll(".", "").replace(",", "."));
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(typed) || /^\d{1,3}(,\d{3}){2,}$/.test(typed)) return Number(typed.replaceAll(",", ""));
  return /^\d+\.(\d{1,2}|\d{4,})$/.test(typed) ? Number(typed) : NaN;
};
const vnFigure = (number) => number.toLocaleString("vi-VN", { maximumFractionDigits: 2 });
const cellsOf = (form) => [...form.querySelectorAll("input[data-code]")];

// --- Hints -----------------------------------------------------------------------------------------------------------

const jumpWords = (value, was) => {
  if (!value || !was) return "";
  if (value >= 10 * was) return `Gấp 10 lần kỳ trước (${vnFigure(was)}) trở lên. Hãy xem lại có gõ thừa số không.`;
  if (value * 10 <= was) return `Chưa bằng một phần 10 kỳ trước (${vnFigure(was)}). Hãy xem lại có gõ thiếu số không.`;
  return "";
};

// Sums only: what has brackets or a product is left to the server.
const sumOf = (side, values) => {
  const parts = side.replace(/\s+/g, "").match(/[+-]?[^+-]+/g) || [];
  return parts.reduce((sum, part) => {
    const word = part.replace(/^[+-]/, "");
    const value = /^\d+(\.\d+)?$/.test(word) ? Number(word) : values[word];
    return sum + (part.startsWith("-") ? -1 : 1) * (value ?? NaN);
  }, 0);
};

const identityWords = (form, code, values) => {
  const identity = form.querySelector(`[data-at="${code}"]`)?.dataset.identity;
  if (!identity) return "";
  const [left, right] = identity.split("=").map((side) => sumOf(side, values));
  if (Number.isNaN(left) || Number.isNaN(right) || Math.abs(left - right) < 0.005) return "";
  return `Chưa khớp: một bên ${vnFigure(left)}, một bên ${vnFigure(right)}`;
};

const showHints = (form) => {
  const values = Object.fromEntries(cellsOf(form).map((cell) => [cell.dataset.code, readFigure(cell.value)]));
  cellsOf(form).forEach((cell) => {
    const place = document.getElementById(`${cell.id}-hints`);
    const was = cell.dataset.was ? Number(cell.dataset.was) : null;
    const words = [identityWords(form, cell.dataset.code, values), jumpWords(readFigure(cell.value), was)].filter(Boolean);
    place?.replaceChildren(...words.map((sentence) => {
      const line = document.createElement("p");
      line.className = "figure-grid__said mb-0";
      line.textContent = sentence;
      return line;
    }));
  });
};

// --- Pasting ---------------------------------------------------------------------------------------------------------

const plainName = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();

const HEADINGS = ["kỳ này", "trong kỳ"];
const isFigure = (part) => part !== "" && !Number.isNaN(readFigure(part));

// What a pasted row gives: its figure, and the indicator it names, if any.
const rowReader = (byName) => {
  let column = -1; // of the figures, where a heading says so
  return (line) => {
    const parts = line.split("\t").map((part) => part.trim());
    const heading = parts.findIndex((part) => HEADINGS.includes(plainName(part)));
    if (heading >= 0) { column = heading; return null; }
    const place = parts.findIndex((part) => byName.has(plainName(part)));
    const figures = parts.slice(place + 1).filter(isFigure);
    const figure = place < 0 ? figures[0] : column >= 0 ? parts[column] : figures.at(-1);
    return { cell: byName.get(plainName(parts[place] || "")), figure: figure || "" };
  };
};

// A row that names an indicator goes to that indicator; without names they go down from the cell one stands in.
document.addEventListener("paste", (event) => {
  const start = event.target.closest?.("form[data-figures] input[data-code]");
  const text = (event.clipboardData?.getData("text/plain") || "").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!start || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const cells = cellsOf(start.form);
  const byName = new Map(cells.map((cell) => [plainName(cell.dataset.name), cell]));
  const rows = text.split("\n").map(rowReader(byName)).filter(Boolean);
  const haveNames = rows.some((row) => row.cell);
  let next = cells.indexOf(start), filled = 0, left = 0;
  rows.forEach((row) => {
    const cell = haveNames ? row.cell : cells[next++];
    if (cell) { cell.value = row.figure; filled += 1; } else if (row.figure) left += 1;
  });
  start.dispatchEvent(new Event("input", { bubbles: true }));
  say(start.form, `Đã dán ${filled} ô.${left ? ` ${left} dòng không có chỗ ở bảng này.` : ""} Hãy xem lại rồi bấm Gửi.`);
});

const say = (form, words) => { form.querySelector("[data-kept]").textContent = words; };

// --- Drafts: only what was touched, with the version it was typed over, so that the server still notices a conflict ---

const draftKey = (form) => `figures:${form.dataset.figures}`;
const isTouched = (cell) => cell.value !== cell.dataset.shown;

const keepDraft = (form) => {
  const draft = {};
  form.querySelectorAll("[data-piece]").forEach((piece) => {
    const touched = [...piece.querySelectorAll("input[data-code]")].filter(isTouched);
    if (!touched.length) return;
    const under = ["version", "shown"].map((name) => piece.querySelector(`[name=${name}_${piece.dataset.piece}]`).value);
    draft[piece.dataset.piece] = { under, cells: touched.map((cell) => [cell.name, cell.value]) };
  });
  if (Object.keys(draft).length) sessionStorage.setItem(draftKey(form), JSON.stringify(draft));
  else sessionStorage.removeItem(draftKey(form));
};

const bringBack = (form) => {
  const draft = JSON.parse(sessionStorage.getItem(draftKey(form)) || "{}");
  let count = 0;
  Object.entries(draft).forEach(([pk, { under, cells }]) => {
    const piece = form.querySelector(`[data-piece="${pk}"]`);
    const fields = cells.map(([name, value]) => [form.elements[name], value]).filter(([cell, value]) => cell && readFigure(cell.value) !== readFigure(value));
    if (!piece || !fields.length) return; // sent meanwhile, or no longer asked for
    fields.forEach(([cell, value]) => { cell.value = value; });
    ["version", "shown"].forEach((name, place) => { piece.querySelector(`[name=${name}_${pk}]`).value = under[place]; });
    count += fields.length;
  });
  keepDraft(form);
  if (count) say(form, `Đã giữ lại ${count} ô đồng chí đang gõ dở. Bấm Gửi số liệu để gửi.`);
};

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!event.target.dataset.code || !form) return;
  if (form.dataset.figures) {
    keepDraft(form);
    say(form, "Đã giữ trên máy này, chưa gửi.");
  }
  showHints(form);
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form[data-figures]").forEach((form) => {
    if (form.parentElement.querySelector(".error-summary")) keepDraft(form);
    else bringBack(form);
    showHints(form);
  });
});
