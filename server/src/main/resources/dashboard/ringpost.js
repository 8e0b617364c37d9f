// What the pages do by themselves. Without it they can still be read, and their forms work.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// --- theme ----------------------------------------------------------------------------------------------------------

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  // The server puts it into the next page, which so never flashes in the wrong colours.
  document.cookie = `ringpost_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}

// --- times ----------------------------------------------------------------------------------------------------------

const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "narrow" });

function ago(at, now) {
  const passed = now - at;
  if (passed < 0 || passed > 30 * DAY) return absolute.format(at);
  if (passed < 5 * SECOND) return "just now";
  if (passed < MINUTE) return relative.format(-Math.floor(passed / SECOND), "second");
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), "minute");
  if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), "hour");
  return relative.format(-Math.floor(passed / DAY), "day");
}

function until(at, now) {
  const left = Math.ceil((at - now) / SECOND);
  if (left <= 0) return "now";
  const parts = [Math.floor(left / 86400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60];
  const named = parts.map((part, i) => part + "dhms"[i]);
  const first = parts.findIndex((part) => part > 0);
  return "in " + named.slice(first, first + 2).join(" ");
}

function tellTimes(root) {
  const now = Date.now();
  for (const element of root.querySelectorAll("time[datetime]")) {
    const at = Date.parse(element.dateTime);
    if (Number.isNaN(at)) continue;
    if (!element.title || element.title === element.dateTime) element.title = absolute.format(at);
    const text = element.hasAttribute("data-countdown") ? until(at, now) : ago(at, now);
    const whileAhead = element.closest("[data-while-ahead]");
    if (whileAhead) whileAhead.hidden = at < now;
    if (element.textContent !== text) element.textContent = text;
  }
}

// --- messages -------------------------------------------------------------------------------------------------------

function toast(text, bad) {
  const element = document.createElement("div");
  element.className = bad ? "toast bad" : "toast";
  element.textContent = text;
  document.getElementById("toasts").append(element);
  setTimeout(() => element.remove(), bad ? 8000 : 3000);
}

// --- buttons --------------------------------------------------------------------------------------------------------

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    toast("Copied");
  } catch {
    source.closest("details")?.setAttribute("open", "");
    // Where the page came by http, browsers give no clipboard: what is marked can be copied by hand.
    getSelection().selectAllChildren(source);
    toast("Marked: press Ctrl+C or ⌘C to copy");
  }
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-theme-switch], [data-copy], [data-opens], [data-closes]");
  if (!target) return;
  if (target.hasAttribute("data-theme-switch")) switchTheme();
  else if (target.dataset.copy) copy(target);
  else if (target.dataset.opens) document.getElementById(target.dataset.opens).showModal();
  else target.closest("dialog").close();
});

// A form that takes its time is not sent twice.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  for (const button of event.target.querySelectorAll("button")) setTimeout(() => (button.disabled = true));
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form button:disabled")) button.disabled = false;
});

// --- parts that htmx loads ------------------------------------------------------------------------------------------

// Rows come in front; as many go at the end, so that a page that is left open does not grow for ever.
function trim(table) {
  const rows = table.querySelectorAll("tbody > tr");
  for (let i = Number(table.dataset.mostRows); i < rows.length; i++) rows[i].remove();
}

function dress(root) {
  const table = root.closest?.("table[data-most-rows]");
  if (table) {
    trim(table);
    if (table.querySelector("tbody > tr")) table.parentElement.hidden = false;
  }
  for (const element of root.querySelectorAll("[data-theme-switch], [data-copy], [data-opens], [data-script]")) {
    element.hidden = false;
  }
  for (const element of root.querySelectorAll("[data-origin]")) element.textContent = location.origin;
  tellTimes(root);
}

document.addEventListener("htmx:load", (event) => dress(event.detail.elt.parentElement ?? document));
// What nobody sees is not asked for.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.detail.elt.matches('[hx-trigger^="every"]')) event.preventDefault();
});
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const message = page.querySelector(".empty h1 + p");
  toast(message ? message.textContent : `The server answered ${event.detail.xhr.status}`, true);
});
document.addEventListener("htmx:sendError", () => toast("The server can't be reached", true));
document.addEventListener("htmx:timeout", () => toast("The server took too long to answer", true));

dress(document);
document.querySelector(".side nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
setInterval(() => tellTimes(document), SECOND);
