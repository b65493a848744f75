// Small kindnesses for pages that work without them. Each one is bound by a data attribute.
"use strict";

// .js-only shows what would do nothing without this file.
document.documentElement.classList.add("js");

// data-copy="#id": copies the text of that element.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || button.dataset.words) return;
  const source = document.querySelector(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent;
  const copied = await copy(text);
  const before = [...button.childNodes];
  button.dataset.words = copied ? "Đã sao chép" : "Chưa sao chép được";
  button.replaceChildren(button.dataset.words);
  setTimeout(() => { button.replaceChildren(...before); delete button.dataset.words; }, 2000);
});

// Without https, and in old browsers, only what stands selected on the page can be copied; a hidden source never does.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const place = document.createElement("textarea");
    place.className = "visually-hidden";
    place.value = text;
    document.body.append(place);
    place.select();
    const copied = document.execCommand("copy");
    place.remove();
    return copied;
  }
}

// data-fill="#id" data-text="…": puts a ready text into a field.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const field = document.querySelector(button.dataset.fill);
  // What was typed already stays; the ready text comes after it.
  const typed = field.value.trimEnd();
  if (!typed.includes(button.dataset.text)) field.value = typed ? `${typed}\n${button.dataset.text}` : button.dataset.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[hx-post]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  if (form.dataset.waiting) document.getElementById(form.dataset.waiting).hidden = false;
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    if (form.dataset.waiting) document.getElementById(form.dataset.waiting).hidden = true;
  });
});

// After a fragment arrives, focus goes to the element it names with data-focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.elt?.querySelector?.("[data-focus]") || (event.detail.elt?.matches?.("[data-focus]") ? event.detail.elt : null);
  if (target) target.focus();
});

// Cards of a unit and of the queue: no answer at all leaves the card and what was typed, and says so in it.
const notSent = (event) => {
  const card = event.detail.elt.closest(".work-card");
  if (!card) return;
  card.querySelector(".js-not-sent")?.remove();
  const note = document.createElement("p");
  note.className = "note note--error js-not-sent";
  note.setAttribute("role", "alert");
  // An old page (signed in again elsewhere, work taken away): drafts outlive the reload.
  const isOld = [403, 404].includes(event.detail.xhr?.status);
  const advice = isOld ? "Trang này đã cũ: hãy tải lại trang" : "Có thể do mất mạng: hãy bấm lại sau ít phút";
  note.textContent = `Chưa gửi được. ${advice}. Những gì vừa gõ vẫn còn.`;
  event.detail.elt.before(note);
};
document.addEventListener("htmx:sendError", notSent);
document.addEventListener("htmx:timeout", notSent);
document.addEventListener("htmx:responseError", notSent);

// Cards: after one was sent, the next that owes an answer opens and takes the focus; after the last, the top line.
document.addEventListener("htmx:afterSettle", (event) => {
  const card = event.detail.elt;
  if (!card?.matches?.("[data-just-sent]")) return;
  card.removeAttribute("data-just-sent");
  if (card.querySelector(".note[role=status]")) return; // something is to be read here first
  const asking = [...document.querySelectorAll(".work-card[data-asks]")].filter((other) => other !== card);
  const below = (other) => card.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = asking.find(below) || asking[0];
  if (!next) {
    document.querySelector("#top-line")?.focus();
    return;
  }
  let first = next.querySelector("[data-first]");
  if (!first) {
    next.querySelector("details.answer").open = true;
    first = next.querySelector("[name=state]:checked") || next.querySelector("[name=state]");
  }
  first.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
});

// data-draft="key": what is typed into the form outlives a reload or an expired session, in this tab only.
// data-draft-done="key": it was sent, the draft goes.
const draftFields = (form) => [...form.elements].filter((field) => field.name && !["hidden", "file", "submit"].includes(field.type));
const forgetSentDrafts = () => document.querySelectorAll("[data-draft-done]").forEach((card) => sessionStorage.removeItem(`draft:${card.dataset.draftDone}`));
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset?.draft) return;
  const typed = draftFields(form).filter((field) => field.type !== "radio" || field.checked);
  sessionStorage.setItem(`draft:${form.dataset.draft}`, JSON.stringify(typed.map((field) => [field.name, field.value])));
});
document.addEventListener("htmx:afterSettle", forgetSentDrafts);
document.addEventListener("DOMContentLoaded", () => {
  forgetSentDrafts();
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const kept = new Map(JSON.parse(sessionStorage.getItem(`draft:${form.dataset.draft}`) || "[]"));
    let restored = false;
    draftFields(form).forEach((field) => {
      if (!kept.has(field.name)) return;
      const value = kept.get(field.name);
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.value !== value) { field.value = value; restored = true; }
    });
    if (!restored) return;
    const fold = form.closest("details");
    if (fold) fold.open = true;
    const note = document.createElement("p");
    note.className = "note small";
    note.textContent = "Đã giữ lại nội dung đồng chí đang gõ dở.";
    form.prepend(note);
  });
});

// .filepick: shots of the camera and files chosen one after another add up; all can be taken out again.
const keepFiles = (pick, files) => {
  const main = pick.querySelector("[name=attached]");
  const all = new DataTransfer();
  files.forEach((file) => all.items.add(file));
  main.files = all.files;
  main.picked = files;
  const size = Math.max(0.1, files.reduce((sum, file) => sum + file.size, 0) / 1e6).toLocaleString("vi", { maximumFractionDigits: 1 });
  const count = files.length > 1 ? `${files.length} tệp (${size} MB): ` : "";
  pick.querySelector(".filepick__names").textContent = count + files.map((file) => file.name).join(", ");
  pick.querySelector(".filepick__drop").hidden = !files.length;
};
document.addEventListener("change", (event) => {
  const pick = event.target.closest(".filepick");
  if (!pick) return;
  const before = pick.querySelector("[name=attached]").picked || [];
  const same = (file) => (other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified;
  keepFiles(pick, [...before, ...[...event.target.files].filter((file) => !before.some(same(file)))]);
  if (event.target.name !== "attached") event.target.value = "";
});
document.addEventListener("click", (event) => {
  const pick = event.target.closest(".filepick__drop")?.parentElement;
  if (!pick) return;
  keepFiles(pick, []);
  pick.querySelector("[name=attached]").focus();
});

// A card that comes back unsent gets its files again: a page from the server cannot hold them.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  const files = target?.querySelector?.("[name=attached]")?.picked || [];
  if (!files.length) return;
  document.addEventListener("htmx:afterSettle", () => {
    const again = document.getElementById(target.id)?.querySelector(".filepick__again");
    if (!again) return;
    keepFiles(again.parentElement.querySelector(".filepick"), files);
    again.textContent = "Các tệp đã chọn vẫn còn: bấm Gửi để gửi lại, hoặc bỏ tệp không gửi được.";
  }, { once: true });
});

// How much of the files has gone up; then the server looks at them.
document.addEventListener("htmx:xhr:progress", (event) => {
  const { lengthComputable, loaded, total } = event.detail;
  const upload = event.target.querySelector(".upload");
  if (!upload || !lengthComputable || !event.target.querySelector("[name=attached]").files.length) return;
  upload.hidden = false;
  upload.querySelector("progress").value = loaded / total;
  const words = loaded < total ? "Đang tải tệp lên…" : "Đã tải lên, đang kiểm tra tệp…";
  const place = upload.querySelector("[role=status]");
  if (place.textContent !== words) place.textContent = words; // said once, not at every step
});
document.addEventListener("htmx:afterRequest", (event) => {
  const upload = event.target.querySelector(".upload");
  if (upload) upload.hidden = true;
});

// data-check-all="name": marks every box of that name.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.checkAll;
  if (!name) return;
  document.querySelectorAll(`input[name="${name}"]`).forEach((box) => { box.checked = event.target.checked; });
});

// data-count="name": how many boxes of that name are marked.
document.addEventListener("change", () => {
  document.querySelectorAll("[data-count]").forEach((place) => {
    place.textContent = `Đã chọn ${document.querySelectorAll(`input[name="${place.dataset.count}"]:checked`).length} việc.`;
  });
});

// data-print: opens the printing of this page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// data-beside: the original document beside the draft follows the line one looks at.
const showInOriginal = (line) => {
  const beside = document.querySelector("[data-beside]");
  const there = beside && line?.dataset.line && beside.querySelector(`#dong-${line.dataset.line}`);
  if (!there) return;
  beside.querySelectorAll(".is-here").forEach((other) => other.classList.remove("is-here"));
  there.classList.add("is-here");
  beside.scrollTop += there.getBoundingClientRect().top - beside.getBoundingClientRect().top - beside.clientHeight / 3;
};
document.addEventListener("focusin", (event) => showInOriginal(event.target.closest(".plan-line")));
document.addEventListener("click", (event) => showInOriginal(event.target.closest(".plan-line")));
window.addEventListener("hashchange", () => showInOriginal(document.querySelector(".plan-line:target")));
document.addEventListener("DOMContentLoaded", () => showInOriginal(document.querySelector(".plan-line:target")));
