// The documents: a list that the server keeps, uploads that this page sends one by one, and jobs that both know.
// Everything shown is set as text, never as markup: names and reasons come from files.
const root = element.querySelector(".documents");
const list = root.querySelector("tbody");
const jobList = root.querySelector(".jobs ol");
const AT_ONCE = 2;
const OBSERVE_MS = 700;
const ENDED = ["done", "failed"];
const OBTAINED = { "text": "obtained_text", "ocr": "obtained_ocr", "text+ocr": "obtained_partly_ocr" };

let documents = [];
let unread = [];
let limit = 0;
let uploads = []; // what this page sends or could not send; the server's own jobs take their place
let jobs = [];
let earlier = null; // jobs that had ended before this page was opened, or were cleared on it
let sending = 0;
let observing = 0;

const make = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};
const chinese = (node) => Object.assign(node, { lang: "zh-CN" });
const fold = (words) => words.normalize("NFKC").toLowerCase();
const name = (path) => path.split("/").pop();
const suffix = (path) => (/\.[^.]+$/.exec(path) || [""])[0].toLowerCase();

// the list

const load = async () => {
  try {
    const answer = await fetch("/documents");
    if (!answer.ok) throw new Error(String(answer.status));
    const found = await answer.json();
    ({ documents, unread, limit } = found);
    root.querySelector(".read-all").hidden = !found.mayReadAll;
    root.querySelector(".limit").textContent = duban.say("upload_hint", { limit: Math.floor(limit / 1048576) });
    draw();
  } catch (error) {
    root.querySelector(".document-bar .count").textContent = duban.say("documents_failed", { reason: error.message });
  }
};

const draw = () => {
  const words = fold(root.querySelector(".find-document").value).split(/\s+/).filter(Boolean);
  const fits = (one) => words.every((word) => fold(`${one.path} ${one.title || ""}`).includes(word));
  const [failed, read] = [unread.filter(fits), documents.filter(fits)];
  list.replaceChildren(...failed.map(unreadRow), ...read.map(row));
  const [count, found] = [documents.length + unread.length, failed.length + read.length];
  root.querySelector(".document-bar .count").textContent = words.length
    ? duban.say("documents_found", { count, found }) : duban.say("documents_count", { count });
  root.querySelector(".none").hidden = found > 0;
};

const row = (one) => {
  const counts = [["pages_count", one.pages], ["passages_count", one.passages], ["tasks_count", one.tasks]];
  const became = make("td", {}, make("p", {
    textContent: counts.filter(([, count]) => count).map(([key, count]) => duban.say(key, { count })).join(" · "),
  }));
  if (one.reviewCount) became.append(notes("review", duban.say("review_count", { count: one.reviewCount }), one.review));
  if (one.remarks.length) became.append(notes("remarks", duban.say("remarks_count", { count: one.remarks.length }), one.remarks));
  const text = make("td", {}, make("p", { textContent: duban.say(OBTAINED[one.obtained]) }));
  if (one.confidence !== null) {
    const sure = duban.say("confidence", { percent: one.confidence });
    text.append(make("p", { className: one.confidence < 90 ? "chip doubtful" : "chip", textContent: sure }));
  }
  const title = chinese(make("button", { type: "button", className: "view", textContent: one.title || name(one.path) }));
  title.setAttribute("aria-label", duban.say("view_named", { name: one.title || one.path }));
  const named = make("td", {}, title, chinese(make("p", { className: "path", textContent: one.path })));
  return Object.assign(make("tr", {}, named, became, text, actions(one.path, one.file)), { entry: one });
};

const unreadRow = (one) => {
  const file = { ...one, file: one.path };
  const state = make("td", { colSpan: 2 }, make("span", { className: "chip failed", textContent: duban.say("not_read") }),
    chinese(make("p", { className: "reason", textContent: one.reason })));
  const named = make("td", {}, chinese(make("p", { className: "view", textContent: name(one.path) })),
    chinese(make("p", { className: "path", textContent: one.path })));
  return Object.assign(make("tr", { className: "unread" }, named, state, actions(one.path, one.path)), { entry: file });
};

const notes = (kind, words, lines) => {
  const entries = lines.map((line) => chinese(make("li", { textContent: line })));
  return make("details", { className: `notes ${kind}` }, make("summary", { className: "chip", textContent: words }), make("ul", {}, ...entries));
};

const actions = (path, file) => {
  const more = make("summary", { className: "quiet", textContent: "⋯" });
  more.setAttribute("aria-label", duban.say("more_for", { name: path }));
  const replace = make("button", { type: "button", className: "quiet replace", textContent: duban.say("replace") });
  replace.setAttribute("aria-label", duban.say("replace_named", { name: file }));
  const menu = make("details", { className: "menu" }, more, make("div", {},
    make("button", { type: "button", className: "again", textContent: duban.say("read_again") }),
    make("button", { type: "button", className: "remove", textContent: duban.say("delete") })));
  return make("td", { className: "actions" }, replace, menu);
};

// jobs: those of the server, and the uploads that it does not know yet

const observe = async () => {
  clearTimeout(observing);
  const answer = await fetch("/documents/jobs").catch(() => null);
  if (answer?.ok) {
    const before = new Map(jobs.map((job) => [job.id, job.state]));
    const found = await answer.json();
    earlier ??= new Set(found.filter((job) => ENDED.includes(job.state)).map((job) => job.id));
    jobs = found.filter((job) => !earlier.has(job.id));
    const known = new Set(jobs.map((job) => job.id));
    uploads = uploads.filter((upload) => !known.has(upload.accepted));
    if (jobs.some((job) => ENDED.includes(job.state) && before.get(job.id) !== job.state)) await changed();
    drawJobs();
  }
  const running = uploads.some((upload) => upload.accepted) || jobs.some((job) => !ENDED.includes(job.state));
  if (running || !answer?.ok) observing = setTimeout(observe, OBSERVE_MS);
};

const changed = async () => {
  await load();
  trigger("change_scope", {});
  window.dispatchEvent(new Event("duban:documents"));
};

const drawJobs = () => {
  const all = [...uploads, ...jobs];
  root.querySelector(".jobs").hidden = all.length === 0;
  const ended = all.filter((job) => ENDED.includes(job.state)).length;
  root.querySelector(".jobs .summary").textContent = `${ended} / ${all.length}`;
  jobList.replaceChildren(...all.map(jobRow));
};

const stateWords = (job) => {
  if (job.state === "sending") return duban.say("job_sending", { percent: job.percent });
  if (job.state === "reading" && job.pages) return duban.say("job_reading_page", { page: job.page, pages: job.pages });
  return duban.say(`job_${job.state}`);
};

const jobRow = (job) => {
  const share = { sending: job.percent / 2, waiting: 50, reading: 55 + 35 * (job.pages ? job.page / job.pages : 0), storing: 92 };
  const entry = make("li", { className: job.state },
    make("span", { className: "action", textContent: duban.say(`action_${job.action}`) }),
    chinese(make("span", { className: "path", textContent: job.path })),
    make("span", { className: "state", textContent: stateWords(job) }));
  if (job.by) entry.append(make("span", { className: "by", textContent: duban.say("job_by", { name: job.by }) }));
  if (!ENDED.includes(job.state)) {
    const bar = make("progress", { max: 100, value: share[job.state] ?? 0 });
    bar.setAttribute("aria-label", job.path);
    entry.append(bar);
  }
  if (job.problem) entry.append(chinese(make("p", { className: "reason", textContent: job.problem })));
  for (const one of job.reasons?.slice(0, 20) || []) {
    if (one.reason !== job.problem) entry.append(chinese(make("p", { className: "reason", textContent: `${one.path}：${one.reason}` })));
  }
  if (job.key === "upload_exists") {
    const replace = make("button", { type: "button", className: "quiet", textContent: duban.say("replace") });
    replace.setAttribute("aria-label", duban.say("replace_named", { name: job.path }));
    replace.addEventListener("click", () => {
      uploads = uploads.filter((one) => one !== job);
      take([job.file], job.path);
    });
    entry.append(replace);
  }
  return entry;
};

// uploading

const take = (files, replacing = "") => {
  for (const file of files) {
    const upload = { path: replacing || file.name, action: replacing ? "replace" : "add", state: "waiting", percent: 0, file };
    uploads.push(upload);
    if (file.size > limit) fail(upload, duban.say("upload_large", { limit: Math.floor(limit / 1048576) }));
    else if (replacing && suffix(file.name) !== suffix(replacing)) fail(upload, duban.say("replace_kind", { suffix: suffix(replacing) }));
  }
  drawJobs();
  send();
};

const fail = (upload, problem, key = "") => Object.assign(upload, { state: "failed", problem, key });

const send = () => {
  while (sending < AT_ONCE) {
    const upload = uploads.find((one) => one.state === "waiting" && !one.accepted);
    if (!upload) return;
    sending += 1;
    upload.state = "sending";
    // fetch tells nothing of how far an upload is.
    const request = new XMLHttpRequest();
    const replace = upload.action === "replace" ? "&replace=true" : "";
    request.open("POST", `/documents?name=${encodeURIComponent(upload.path)}${replace}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      upload.percent = Math.floor((100 * event.loaded) / (event.total || 1));
      drawJobs();
    });
    request.addEventListener("loadend", () => {
      sending -= 1;
      if (request.status === 202) Object.assign(upload, { state: "waiting", accepted: request.response.id, path: request.response.path });
      else if (request.status === 401) duban.signIn();
      else fail(upload, request.response?.detail || duban.say("upload_interrupted"), request.response?.key);
      drawJobs();
      send();
      observe();
    });
    request.send(upload.file);
  }
};

const order = async (method, address) => {
  const answer = await fetch(address, { method });
  if (!answer.ok) duban.tell((await answer.json().catch(() => ({}))).detail || String(answer.status));
  await observe();
};

// what is clicked, chosen and dropped

let replaced = "";
root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const entry = button.closest("tr")?.entry;
  if (button.matches(".choose-files")) root.querySelector(".files").click();
  else if (button.matches(".view")) {
    // Gradio takes whatever is called a path for a file of its own.
    trigger("show", { document: entry.path });
    duban.openSources(true);
  } else if (button.matches(".document-list .replace")) {
    replaced = entry.file;
    root.querySelector(".replacement").click();
  } else if (button.matches(".again")) {
    button.closest("details").open = false;
    order("POST", `/documents/read?path=${encodeURIComponent(entry.file)}`);
  } else if (button.matches(".remove, .read-all")) sure(button, entry);
  else if (button.matches(".clear")) {
    jobs.filter((job) => ENDED.includes(job.state)).forEach((job) => earlier.add(job.id));
    jobs = jobs.filter((job) => !earlier.has(job.id));
    uploads = uploads.filter((upload) => upload.state !== "failed");
    drawJobs();
  }
});

// A second click on the same button does it, so that no dialog has to be closed.
const sure = (button, entry) => {
  const whole = button.matches(".read-all");
  if (!button.dataset.sure) {
    const archive = !whole && entry.file !== entry.path;
    button.dataset.sure = "yes";
    button.textContent = duban.say(whole ? "read_everything_sure" : archive ? "delete_archive_sure" : "delete_sure");
    setTimeout(() => {
      delete button.dataset.sure;
      button.textContent = duban.say(whole ? "read_everything" : "delete");
    }, 6000);
    return;
  }
  if (whole) order("POST", "/documents/read");
  else {
    button.closest("details").open = false;
    order("DELETE", `/documents?path=${encodeURIComponent(entry.file)}`);
  }
};

for (const [kind, target] of [[".files", () => ""], [".replacement", () => replaced]]) {
  root.querySelector(kind).addEventListener("change", (event) => {
    take([...event.target.files], target());
    event.target.value = "";
  });
}

root.querySelector(".find-document").addEventListener("input", draw);

const drop = root.querySelector(".drop");
for (const kind of ["dragover", "dragleave", "drop"]) {
  root.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") take([...event.dataTransfer.files]);
  });
}

// Whoever opens the tab sees what colleagues have done meanwhile.
const follow = () => {
  if (document.body.dataset.view !== "documents") return;
  load();
  observe();
};
window.addEventListener("duban:address", follow);
follow();
