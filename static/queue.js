// The queue by keyboard: read, look at the evidence, take or return, next. Works on cards marked data-asks.
"use strict";

(() => {
  const OFF = "danvan-queue-keys-off";
  const off = document.querySelector("[data-keys-off]");
  const isOff = () => localStorage.getItem(OFF) === "1";
  if (off) {
    off.checked = isOff();
    off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
  }

  const cards = () => [...document.querySelectorAll(".queue .work-card[data-asks]")];
  const here = () => document.activeElement?.closest?.(".queue .work-card");
  const firstOf = (card) => card.querySelector("[data-first]") || card.querySelector("a");

  // Typing is never disturbed; arrows inside a choice of reasons belong to the choice.
  const isTyping = (target) => target.isContentEditable
    || target.matches("textarea, select, input:not([type=checkbox])");

  const go = (card) => {
    firstOf(card).focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const all = cards();
    if (!all.length) return;
    const now = here();
    if (!now) { go(by > 0 ? all[0] : all[all.length - 1]); return; }
    const after = (card) => now.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING;
    const others = all.filter((card) => card !== now);
    const next = by > 0 ? others.find(after) : others.filter((card) => !after(card)).pop();
    if (next) go(next);
  };

  const look = (card) => {
    const files = [...card.querySelectorAll(".files a")];
    if (files.length) files[(files.indexOf(document.activeElement) + 1) % files.length].focus();
  };

  const askWhy = (card) => {
    const fold = card.querySelector("details.answer");
    if (!fold) return;
    fold.open = true;
    (fold.querySelector("[name=code]:checked") || fold.querySelector("[name=code]") || fold.querySelector("textarea")).focus();
    fold.scrollIntoView({ block: "nearest" });
  };

  const acts = {
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    m: look,
    n: (card) => card.querySelector("[data-take]")?.click(),
    t: askWhy,
    x: (card) => card.querySelector("[name=chon]")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey || isOff()) return;
    const card = here();
    const form = event.target.closest?.(".answer__form");
    if (form && card && event.key === "Escape") {
      form.closest("details").open = false;
      go(card);
      event.preventDefault();
      return;
    }
    if (form && event.ctrlKey && event.key === "Enter") {
      form.requestSubmit();
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.repeat || isTyping(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = acts[key];
    if (!act || (!card && act.length)) return;
    // Arrows move between cards only from within one: elsewhere they scroll the page.
    if (key.startsWith("Arrow") && !card) return;
    act(card);
    event.preventDefault();
  });
})();
