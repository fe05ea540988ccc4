// The board: all tasks are in the browser, which filters, sorts and draws them. Its filter lives in the address.
const board = element.querySelector(".board");
const form = board.querySelector("form");
const grid = board.querySelector(".grid");
const body = grid.querySelector("tbody");
const ROW_PX = 56;
const LOW_WINDOW_PX = 640; // a projector's zoom leaves the charts no room above the list
const SPARE_ROWS = 8;
const STATES = ["done", "overdue", "soon", "ongoing", "undated", "review"];
const FIGURES = ["", "soon", "overdue", "ongoing", "undated"];
const FIELDS = ["unit", "role", "leader", "from", "to", "status", "q"];

if (window.innerHeight < LOW_WINDOW_PX) board.querySelector(".charts").open = false;

let tasks = [];
let documents = [];
let loadedFor = "";
let matching = []; // what the filter lets through but for its status, which the figures break down
let shown = [];
let wanted = { doc: [], tasks: "", sort: "", ...Object.fromEntries(FIELDS.map((name) => [name, ""])) };

const make = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};
// Words of documents are Chinese, whatever language the page speaks.
const chinese = (node) => Object.assign(node, { lang: "zh-CN" });
const fold = (words) => words.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

// loading

const load = async () => {
  const day = duban.asOf();
  if (loadedFor === day) return;
  loadedFor = day;
  board.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`/board/tasks.json?as_of=${day}`);
    if (!answer.ok) throw new Error(String(answer.status));
    ({ tasks, documents } = await answer.json());
  } catch (error) {
    loadedFor = "";
    board.querySelector(".count").textContent = duban.say("board_failed", { reason: error.message });
    return;
  } finally {
    board.removeAttribute("aria-busy");
  }
  tasks.forEach((task, order) => {
    task.order = order;
    task.units = { lead: task.lead, responsible: task.responsible, cooperating: task.cooperating, acceptance: task.acceptance, supervising: task.supervising };
    task.text = fold(task.text);
  });
  ranks.clear();
  offerChoices();
};

const distinct = (lists) => {
  const counts = new Map();
  for (const names of lists) for (const name of names) counts.set(name, (counts.get(name) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
};

const allUnits = (task) => new Set(Object.values(task.units).flat());
let unitNames = new Set();

const offerChoices = () => {
  const choice = (words, value = words) => chinese(make("option", { value, textContent: words }));
  const all = (key) => make("option", { value: "", textContent: duban.say(key) });
  form.doc.replaceChildren(all("all_documents"), ...documents.map((one) => choice(one.title, one.path)));
  const leaders = distinct(tasks.map((task) => task.leaders)).map(([name]) => name);
  form.leader.replaceChildren(all("all_leaders"), ...leaders.map((name) => choice(name)));
  const units = distinct(tasks.map(allUnits)).map(([name]) => name);
  unitNames = new Set(units);
  board.querySelector("datalist").replaceChildren(...units.map((name) => choice(name)));
};

// the filter and the address

const readAddress = () => {
  const query = new URLSearchParams(location.search);
  for (const name of FIELDS) wanted[name] = query.getAll(name).join("、");
  wanted.doc = query.getAll("doc");
  wanted.tasks = query.get("tasks") || "";
  wanted.sort = query.get("sort") || "";
};

const address = () => {
  const query = new URLSearchParams({ view: "board" });
  for (const path of wanted.doc) query.append("doc", path);
  for (const unit of wanted.unit.split("、").filter(Boolean)) query.append("unit", unit);
  for (const name of [...FIELDS.slice(1), "tasks", "sort"]) if (wanted[name]) query.set(name, wanted[name]);
  if (duban.asOf() !== duban.today()) query.set("as_of", duban.asOf());
  return query;
};

const fillForm = () => {
  for (const name of FIELDS) form[name].value = wanted[name];
  const several = wanted.doc.length > 1;
  form.doc.querySelector(".several")?.remove();
  if (several) form.doc.prepend(make("option", { value: "*", className: "several", textContent: duban.say("documents_chosen", { count: wanted.doc.length }) }));
  form.doc.value = several ? "*" : wanted.doc[0] || "";
};

const readForm = () => {
  for (const name of FIELDS) wanted[name] = form[name].value.trim();
  if (form.doc.value !== "*") wanted.doc = form.doc.value ? [form.doc.value] : [];
};

// A unit typed as it stands in the documents means just that one; part of a name means all that contain it.
const unitTest = (asked, role) => {
  const terms = asked.split("、").filter(Boolean);
  const meant = (name) => terms.some((term) => (unitNames.has(term) ? name === term : name.includes(term)));
  return (task) => (role ? task.units[role] : Object.values(task.units).flat()).some(meant);
};

const tests = () => {
  const found = [];
  const paths = new Set(wanted.doc);
  if (paths.size) found.push((task) => paths.has(documents[task.doc].path));
  if (wanted.tasks) {
    const ids = new Set(wanted.tasks.split(","));
    found.push((task) => ids.has(task.id.slice(0, 10)));
  }
  if (wanted.unit) found.push(unitTest(wanted.unit, wanted.role));
  else if (wanted.role) found.push((task) => task.units[wanted.role].length > 0);
  if (wanted.leader) found.push((task) => task.leaders.includes(wanted.leader));
  if (wanted.from) found.push((task) => task.due && task.due >= wanted.from);
  if (wanted.to) found.push((task) => task.due && task.due <= wanted.to);
  const words = wanted.q.split(/\s+/).filter(Boolean).map(fold);
  if (words.length) found.push((task) => words.every((word) => task.text.includes(word)));
  return found;
};

// sorting: each column's order is worked out once, because comparing Chinese words is slow

const collator = new Intl.Collator("zh-CN", { numeric: true });
const ranks = new Map();
const sortKey = {
  number: (task) => String(task.order).padStart(6, "0"),
  title: (task) => task.title,
  lead: (task) => task.lead.join("、") || "\uffff",
  leaders: (task) => task.leaders.join("、") || "\uffff",
  due: (task) => task.due || "9999",
  states: (task) => STATES.map((name) => (task.states.includes(name) ? 0 : 1)).join(""),
  doc: (task) => documents[task.doc].title,
};
const rank = (column) => {
  if (!ranks.has(column)) {
    const keys = tasks.map((task) => [sortKey[column](task), task.order]);
    const plain = column === "due" || column === "number" || column === "states";
    keys.sort(plain ? (a, b) => (a[0] < b[0] ? -1 : Number(a[0] > b[0])) || a[1] - b[1]
      : (a, b) => collator.compare(a[0], b[0]) || a[1] - b[1]);
    const order = new Uint32Array(tasks.length);
    keys.forEach(([, task], position) => { order[task] = position; });
    ranks.set(column, order);
  }
  return ranks.get(column);
};

// drawing

const update = () => {
  const conditions = tests();
  matching = tasks.filter((task) => conditions.every((holds) => holds(task)));
  shown = wanted.status ? matching.filter((task) => task.states.includes(wanted.status)) : [...matching];
  const [column, direction] = wanted.sort.split("-");
  if (sortKey[column]) {
    const order = rank(column);
    shown.sort((a, b) => order[a.order] - order[b.order]);
    if (direction === "down") shown.reverse();
  }
  for (const head of grid.querySelectorAll("th[data-sort]")) {
    if (head.dataset.sort !== column) head.removeAttribute("aria-sort");
    else head.setAttribute("aria-sort", direction === "down" ? "descending" : "ascending");
  }
  grid.scrollTop = 0;
  drawFigures();
  drawCharts();
  drawRows(true);
};

const drawFigures = () => {
  const counts = FIGURES.map((state) => (state ? matching.filter((task) => task.states.includes(state)).length : matching.length));
  board.querySelector(".figures").replaceChildren(...FIGURES.map((state, index) => {
    const name = duban.say(state ? `state_${state}` : "all_tasks");
    const button = make("button", { type: "button", className: state || "all" },
      make("strong", { textContent: counts[index] }), make("span", { textContent: name }));
    button.dataset.status = state;
    button.setAttribute("aria-pressed", String(wanted.status === state));
    return button;
  }));
  const counted = { count: shown.length, day: duban.asOf() };
  board.querySelector(".count").textContent = duban.say(wanted.tasks ? "count_of_answer" : "count", counted);
  grid.querySelector(".none").hidden = shown.length > 0;
};

const drawCharts = () => {
  const months = new Map();
  for (const task of shown) {
    if (!task.due) continue;
    const month = task.due.slice(0, 7);
    const kept = months.get(month) || { all: 0, overdue: 0, soon: 0 };
    kept.all += 1;
    if (task.states.includes("overdue")) kept.overdue += 1;
    else if (task.states.includes("soon")) kept.soon += 1;
    months.set(month, kept);
  }
  const most = Math.max(1, ...[...months.values()].map((one) => one.all));
  const bars = [...months].sort().map(([month, one]) => bar(month, one, most));
  board.querySelector(".bars").replaceChildren(...(bars.length ? bars : [duban.say("no_dates")]));
  const leads = distinct(shown.map((task) => task.lead)).slice(0, 8);
  const top = leads[0]?.[1] || 1;
  board.querySelector(".units ol").replaceChildren(...(leads.length ? leads.map(([name, count]) => lead(name, count, top)) : [duban.say("no_leads")]));
};

const bar = (month, one, most) => {
  const [year, number] = month.split("-");
  const column = make("span", { className: "column" });
  for (const kind of ["overdue", "soon", "other"]) {
    const count = kind === "other" ? one.all - one.overdue - one.soon : one[kind];
    if (!count) continue;
    const part = make("i", { className: kind });
    part.style.height = `${(count / most) * 100}%`;
    column.append(part);
  }
  const title = duban.say("due_in_month", { year, month: Number(number), count: one.all });
  const button = make("button", { type: "button", title },
    make("b", { textContent: one.all }), column, make("span", { className: "label", textContent: `${year.slice(2)}.${number}` }));
  button.setAttribute("aria-label", button.title);
  button.dataset.month = month;
  return button;
};

const lead = (name, count, top) => {
  const line = make("i");
  line.style.width = `${(count / top) * 100}%`;
  const button = make("button", { type: "button" },
    chinese(make("span", { className: "label", textContent: name })), make("span", { className: "line" }, line), make("b", { textContent: count }));
  button.dataset.lead = name;
  return make("li", {}, button);
};

// Only the rows in view exist; two empty rows keep the place of those above and below.
let drawn = "";
const drawRows = (anew = false) => {
  const first = Math.max(0, Math.floor(grid.scrollTop / ROW_PX) - SPARE_ROWS);
  const last = Math.min(shown.length, first + Math.ceil(grid.clientHeight / ROW_PX) + 2 * SPARE_ROWS);
  if (!anew && drawn === `${first}-${last}`) return;
  drawn = `${first}-${last}`;
  grid.querySelector("table").setAttribute("aria-rowcount", String(shown.length + 1));
  body.replaceChildren(space(first), ...shown.slice(first, last).map((task, index) => row(task, first + index)), space(shown.length - last));
};
const space = (count) => {
  // One cell less than columns: beside an opened source one of those is gone.
  const empty = make("tr", { className: "space", hidden: count === 0 }, make("td", { colSpan: 7 }));
  empty.style.height = `${count * ROW_PX}px`;
  empty.setAttribute("aria-hidden", "true");
  return empty;
};
const cell = (words, className = "") =>
  chinese(make("td", { className, title: words }, make("span", { textContent: words || "—" })));
const row = (task, index) => {
  const title = chinese(make("button", { type: "button", className: "show", textContent: task.title, title: task.title }));
  const about = make("button", { type: "button", className: "quiet about-task", textContent: duban.say("ask_about") });
  about.setAttribute("aria-label", duban.say("ask_about_task", { title: task.title }));
  const states = task.states.length ? task.states : [""];
  const chips = states.map((state) => make("span", { className: `chip ${state}`, textContent: duban.say(`state_${state || "running"}`) }));
  const line = make("tr", {}, cell(task.number, "number"), make("td", {}, title), cell(task.lead.join("、")),
    cell(task.leaders.join("、")), cell(task.limit, "limit"), make("td", { title: duban.language === "zh" ? task.hint : "" }, ...chips),
    cell(documents[task.doc].title), make("td", {}, about));
  line.dataset.id = task.id;
  line.classList.toggle("opened", task.id === opened);
  line.setAttribute("aria-rowindex", String(index + 2));
  return line;
};

// events

let opened = "";
const changed = () => {
  history.replaceState(null, "", `?${address()}`);
  fillForm();
  update();
};

form.addEventListener("input", () => { readForm(); history.replaceState(null, "", `?${address()}`); update(); });
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  for (const name of FIELDS) wanted[name] = "";
  Object.assign(wanted, { doc: [], tasks: "" });
  changed();
});
grid.addEventListener("scroll", () => requestAnimationFrame(() => drawRows()));
new ResizeObserver(() => drawRows()).observe(grid);

board.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const line = event.target.closest("tr[data-id]");
  if (button?.matches(".about-task")) {
    trigger("ask", { id: line.dataset.id });
    duban.go("");
  } else if (line) {
    opened = line.dataset.id;
    body.querySelectorAll("tr").forEach((one) => one.classList.toggle("opened", one === line));
    duban.openSources(true);
    trigger("show", { id: opened });
  }
  if (!button || line) return;
  const { status, month, lead: unit, form: format } = button.dataset;
  if (status !== undefined) wanted.status = wanted.status === status ? "" : status;
  if (month) Object.assign(wanted, { from: `${month}-01`, to: lastDay(month) });
  if (unit) Object.assign(wanted, { unit, role: "lead" });
  const column = button.closest("th")?.dataset.sort;
  if (column) wanted.sort = wanted.sort === column ? `${column}-down` : column;
  if (status !== undefined || month || unit || column) changed();
  if (format) button.closest("details").open = false;
  if (format) duban.download(format, shown.map((task) => task.id), duban.asOf());
  if (button.matches(".share")) duban.copy(location.href).then(() => duban.done(button, duban.say("link_copied")));
});

const lastDay = (month) => {
  const [year, number] = month.split("-").map(Number);
  return `${month}-${String(new Date(year, number, 0).getDate()).padStart(2, "0")}`;
};

const follow = async () => {
  if (document.body.dataset.view !== "board") return;
  readAddress();
  await load();
  fillForm();
  update();
};
window.addEventListener("duban:address", follow);
window.addEventListener("duban:documents", () => {
  loadedFor = "";
  window.dispatchEvent(new Event("duban:date"));
});
window.addEventListener("duban:date", async () => {
  if (document.body.dataset.view !== "board") return;
  history.replaceState(null, "", `?${address()}`);
  await load();
  update();
});
follow();
