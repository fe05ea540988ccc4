// The conversation: asking again, copying, sorting, judging, and the quotes that show when a mark is pointed at.
const area = element.querySelector(".view");
const scroller = element.closest(".block") || element;

const ask = (question, more = {}) => trigger("ask", { question, ...more });
const turnOf = (node) => Number(node.closest(".turn").dataset.exchange);

const edit = (button) => {
  const asked = button.closest(".asked");
  const [words] = asked.children;
  const form = document.createElement("form");
  const field = document.createElement("textarea");
  field.value = words.textContent;
  field.setAttribute("aria-label", duban.say("edited_question"));
  const send = Object.assign(document.createElement("button"), { type: "submit", textContent: duban.say("ask_again") });
  const leave = Object.assign(document.createElement("button"), { type: "button", textContent: duban.say("cancel") });
  form.append(field, send, leave);
  words.hidden = button.hidden = true;
  asked.append(form);
  field.focus();
  const close = () => { form.remove(); words.hidden = button.hidden = false; button.focus(); };
  leave.addEventListener("click", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = field.value.trim();
    if (!question) return;
    const exchange = turnOf(button);
    close();
    ask(question, { exchange });
  });
};

const cells = (row) => [...row.cells].map((cell) => cell.innerText.trim().replace(/\s+/g, " "));

const copyTable = (button) => {
  const table = button.closest("figure").querySelector("table");
  const text = [...table.rows].map((row) => cells(row).join("\t")).join("\n");
  const plain = document.createElement("table");
  for (const row of table.rows) {
    const copy = plain.insertRow();
    for (const words of cells(row)) copy.insertCell().textContent = words;
  }
  return duban.copy(text, plain.outerHTML).then(() => duban.done(button));
};

// The server writes the table from the answer it has kept, its rows in the order they have here.
const exportTable = (button) => {
  const table = button.closest("figure").querySelector("table");
  const turn = button.closest(".turn");
  const tables = [...turn.querySelectorAll(".answer figure.table table")];
  const id = turn.closest(".transcript").dataset.conversation;
  const rows = [...table.tBodies[0].rows];
  const order = rows.map((row) => (table.written ?? rows).indexOf(row));
  const { form } = button.dataset;
  const question = turn.querySelector(".asked p").textContent.slice(0, 40);
  button.closest("details").open = false;
  const address = `/export/tables/${id}/${turn.dataset.exchange}/${tables.indexOf(table)}.${form}?order=${order}`;
  duban.save(`${question}.${form}`, address);
};

// Numbers in Chinese sort by their value: 九 before 十四.
const digits = "〇一二三四五六七八九";
const numeral = (words) => {
  const found = /^[（(]?([〇一二三四五六七八九十百]+)[)）、]?$/.exec(words);
  if (!found) return null;
  return [...found[1]].reduce(([sum, last], sign) => {
    if (sign === "十" || sign === "百") return [sum + (last || 1) * (sign === "十" ? 10 : 100), 0];
    return [sum, digits.indexOf(sign)];
  }, [0, 0]).reduce((a, b) => a + b);
};
const compare = (a, b) => {
  const [x, y] = [numeral(a), numeral(b)];
  if (x !== null && y !== null) return x - y;
  return a.localeCompare(b, "zh-CN", { numeric: true });
};

const sort = (button) => {
  const head = button.closest("th");
  const table = head.closest("table");
  const body = table.tBodies[0];
  table.written ??= [...body.rows];
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const rows = [...body.rows].sort(
    (a, b) => compare(a.cells[head.cellIndex].innerText, b.cells[head.cellIndex].innerText) * (down ? -1 : 1));
  body.append(...rows);
};

const judge = (button) => {
  const verdict = button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.verdict;
  const vote = button.closest(".vote");
  vote.querySelector(".reasons")?.remove();
  if (verdict !== "down") return trigger("judge", { exchange: turnOf(button), verdict, reason: "" });
  const choices = document.createElement("span");
  choices.className = "reasons";
  choices.setAttribute("role", "group");
  choices.setAttribute("aria-label", duban.say("what_is_wrong"));
  for (const [reason, words] of Object.entries(JSON.parse(vote.dataset.reasons))) {
    const choice = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    choice.addEventListener("click", () => trigger("judge", { exchange: turnOf(button), verdict, reason }));
    choices.append(choice);
  }
  vote.append(choices);
  choices.querySelector("button").focus();
};

area.addEventListener("click", (event) => {
  const button = event.target.closest("button, a.to-board");
  if (!button) return;
  const does = {
    ask: () => ask(button.dataset.question),
    edit: () => edit(button),
    retry: () => trigger("again", {}),
    thumb: () => judge(button),
    sort: () => sort(button),
    "copy-table": () => copyTable(button),
    "export-table": () => exportTable(button),
    "copy-answer": () => duban.copy(button.dataset.text).then(() => duban.done(button)),
    "to-board": () => { event.preventDefault(); duban.go(button.getAttribute("href").slice(1)); },
    export: () => {
      const list = button.closest(".exports");
      list.open = false;
      duban.download(button.dataset.form, list.dataset.tasks.split(","), list.dataset.asOf);
    },
  };
  for (const name of button.classList) does[name]?.();
});

// The quote beside a mark, on hover and on focus.
const tip = document.createElement("div");
tip.className = "quote-tip";
tip.id = "quote-tip";
tip.setAttribute("role", "tooltip");
tip.lang = "zh-CN";
tip.hidden = true;
document.body.append(tip);

const showTip = (mark) => {
  const [quote, where] = [document.createElement("p"), document.createElement("small")];
  where.textContent = mark.dataset.where;
  quote.textContent = mark.dataset.quote;
  tip.replaceChildren(quote, where);
  tip.hidden = false;
  mark.setAttribute("aria-describedby", tip.id);
  const box = mark.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left - 20), window.innerWidth - tip.offsetWidth - 8);
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : box.bottom + 8}px`;
};
const hideTip = () => { tip.hidden = true; };
for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  area.addEventListener(on, (event) => {
    const mark = event.target.closest?.("button.cite");
    if (mark) showTip(mark);
  });
  area.addEventListener(off, hideTip);
}
scroller.addEventListener("scroll", hideTip);

document.addEventListener("keydown", (event) => {
  const field = document.querySelector("#question textarea");
  if (event.key === "Escape") {
    hideTip();
    document.querySelector("#question .stop-button")?.click();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === field) {
    event.preventDefault();
    document.querySelector("#question .submit-button")?.click();
  }
});

// Only the parts of the conversation that have changed are drawn anew, so that a sorted table, a field that is
// being edited and an open menu stay as they are while an answer grows.
const keyOf = (node) => (node.matches(".turn") ? node.dataset.exchange : node.dataset.part);

const patch = (old, fresh) => {
  const before = [...old.querySelectorAll("[data-part]")];
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const known = before.find((one) => keyOf(one) === keyOf(part));
    if (known.drawnFrom === part.outerHTML) continue;
    part.drawnFrom = part.outerHTML;
    known.replaceWith(part);
  }
};

const remember = (node) => {
  for (const part of node.querySelectorAll("[data-part]")) part.drawnFrom = part.outerHTML;
  return node;
};

let turns = 0;
const draw = () => {
  hideTip();
  const page = document.createElement("template");
  page.innerHTML = props.value || "";
  const fresh = page.content.querySelector(".transcript");
  const old = area.querySelector(".transcript");
  if (!fresh || !old || fresh.dataset.conversation !== old.dataset.conversation) {
    area.replaceChildren(remember(page.content));
    turns = 0;
  } else {
    const drawn = [...old.children];
    const wanted = [...fresh.children];
    drawn.slice(wanted.length).forEach((turn) => turn.remove());
    wanted.forEach((turn, index) => (drawn[index] ? patch(drawn[index], turn) : old.append(remember(turn))));
  }
  follow();
};

// A new question goes to the top of the view, and its answer grows below it without moving anything.
const follow = () => {
  const all = area.querySelectorAll(".turn");
  const opened = area.querySelector(".transcript")?.dataset.conversation || "";
  const query = new URLSearchParams(location.search);
  if (opened && query.get("c") !== opened && document.body.dataset.view !== "board") {
    history.replaceState(null, "", `?c=${opened}`);
  }
  if (all.length > turns) all[all.length - 1].scrollIntoView({ block: "start" });
  turns = all.length;
};
watch("value", draw);
draw();
