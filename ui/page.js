// What all parts of the page share. Runs in the head, before the first of them.
"use strict";
const language = /(^|; )duban_language=en(;|$)/.test(document.cookie) ? "en" : "zh";
const pageElement = document.documentElement;
// Gradio sets the browser's language whenever its own words have loaded; the page's is that of its reader's choice.
const keepLanguage = () => {
  const chosen = language === "en" ? "en" : "zh-CN";
  if (pageElement.lang !== chosen) pageElement.lang = chosen;
};
keepLanguage();
new MutationObserver(keepLanguage).observe(pageElement, { attributes: true, attributeFilter: ["lang"] });

window.duban = {
  language,

  // The page's own words in its reader's language; code has to give just the variables that they take.
  say(key, values = {}) {
    const words = dubanWords[key][language];
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  },

  // The clipboard interface exists only on https and on this machine itself.
  async copy(text, html = "") {
    if (navigator.clipboard && window.isSecureContext) {
      const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
      if (html) parts["text/html"] = new Blob([html], { type: "text/html" });
      await navigator.clipboard.write([new ClipboardItem(parts)]);
      return;
    }
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  },

  // Say on the button itself that it has done its work.
  done(button, words = this.say("copied")) {
    const label = button.textContent;
    button.textContent = words;
    setTimeout(() => { button.textContent = label; }, 1500);
  },

  // Say for some seconds what went wrong.
  tell(words) {
    const told = Object.assign(document.createElement("p"), { className: "told", textContent: words });
    told.setAttribute("role", "alert");
    document.body.append(told);
    setTimeout(() => told.remove(), 8000);
  },

  // Save tasks as a file: the server writes just these, in this order.
  download(form, tasks, asOf) {
    const asked = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ tasks, as_of: asOf }),
    };
    return this.save(`整改任务清单-${asOf}.${form}`, `/export/tasks.${form}`, asked);
  },

  // Save what the server sends under a name; where it refuses, say so and stay on the page.
  async save(name, address, asked = {}) {
    const answer = await fetch(address, asked);
    if (!answer.ok) return this.tell(this.say("export_failed", { status: answer.status }));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  },

  today() {
    const now = new Date();
    const local = new Date(now.getTime() - now.getTimezoneOffset() * 60000);
    return local.toISOString().slice(0, 10);
  },

  asOf() {
    return document.querySelector("#as-of input")?.value || this.today();
  },

  // Change the address, and the page with it.
  go(query) {
    history.pushState(null, "", query ? `?${query}` : location.pathname);
    follow();
  },

  // Sign in and come back to here.
  signIn() {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  },

  openSources(open) {
    document.body.classList.toggle("sources-open", open);
  },
};

// Words that style sheets show.
for (const key of ["all_documents", "note"]) {
  document.documentElement.style.setProperty(`--say-${key}`, JSON.stringify(duban.say(key)));
}

// The tabs are Gradio's own. The address says which of them is open, so that a view can be sent to a colleague.
const viewOf = (tab) => /^tab-(\w+)-button$/.exec(tab?.id)?.[1];
const left = { chat: "", board: "view=board", documents: "view=documents" };
const viewOfAddress = () => {
  const view = new URLSearchParams(location.search).get("view");
  return Object.hasOwn(left, view) ? view : "chat";
};

const follow = () => {
  const view = viewOfAddress();
  document.body.dataset.view = view;
  duban.openSources(false);
  [...document.querySelectorAll('#tabs [role="tab"]')].find((tab) => viewOf(tab) === view)?.click();
  window.dispatchEvent(new Event("duban:address"));
};

document.addEventListener("click", (event) => {
  const view = viewOf(event.target.closest?.('#tabs [role="tab"]'));
  const before = document.body.dataset.view;
  if (!view || view === before) return;
  left[before] = location.search.slice(1);
  duban.go(left[view]);
});

let remembered = localStorage.getItem("duban-theme");
const begin = () => {
  document.body.dataset.view = viewOfAddress();
  // Gradio sets the title, and its own class from the system's preference, while it loads.
  const settle = () => {
    document.title = duban.say("title");
    if (remembered) document.body.classList.toggle("dark", remembered === "dark");
  };
  settle();
  for (const wait of [100, 500, 1500]) setTimeout(settle, wait);
};
// Gradio adds this script to the page when it is already there.
if (document.body) begin();
else document.addEventListener("DOMContentLoaded", begin);

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("button.theme")) {
    const dark = document.body.classList.toggle("dark");
    remembered = dark ? "dark" : "light";
    localStorage.setItem("duban-theme", remembered);
  }
  if (event.target.closest("button.language")) {
    // The server writes in this language too, so the page is loaded anew; its address keeps what is open.
    const chosen = language === "en" ? "zh" : "en";
    document.cookie = `duban_language=${chosen}; path=/; max-age=${400 * 24 * 3600}; samesite=lax`;
    location.reload();
  }
  if (event.target.closest("button.fold")) document.body.classList.toggle("history-open");
  for (const menu of document.querySelectorAll("details.menu[open], details.all[open], details.outline[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

window.addEventListener("popstate", follow);

// A session that has ended is told by every answer, and signing in leads back to here.
const fetched = window.fetch;
window.fetch = async (...request) => {
  const answer = await fetched(...request);
  if (answer.status === 401) duban.signIn();
  return answer;
};
