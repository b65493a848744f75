// Small kindnesses for pages that work without them. Each one is bound by a data attribute.
"use strict";

// data-copy="#id": copies the text of that element.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    source.select?.();
    document.execCommand("copy");
  }
  const before = button.textContent;
  button.textContent = "Đã sao chép";
  setTimeout(() => { button.textContent = before; }, 2000);
});

// data-fill="#id" data-text="…": puts a ready text into a field.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const field = document.querySelector(button.dataset.fill);
  field.value = button.dataset.text;
  field.focus();
});

// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[hx-post]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});

// After a fragment arrives, focus goes to the element it names with data-focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.elt?.querySelector?.("[data-focus]") || (event.detail.elt?.matches?.("[data-focus]") ? event.detail.elt : null);
  if (target) target.focus();
});
