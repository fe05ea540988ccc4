// The panel of sources: choosing a quote, going from one to the next, the outline, and searching the document.
const panel = element;
let followed = false;

const entries = () => [...panel.querySelectorAll(".cite-entry")];
const numberOf = (button) => button.dataset.cite.split("-").pop();
const pressed = () => entries().find((entry) => entry.getAttribute("aria-pressed") === "true");

const marksOf = (number) =>
  [...panel.querySelectorAll("mark")].filter((mark) => mark.dataset.n.split(" ").includes(number));

const reveal = (target, smooth) => {
  const text = panel.querySelector(".source .text");
  if (!target || !text) return;
  if (text.scrollHeight > text.clientHeight) {
    const offset = target.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTo({ top: text.scrollTop + offset - text.clientHeight / 3, behavior: smooth ? "smooth" : "auto" });
  }
  if (followed) target.scrollIntoView({ block: "nearest", inline: "nearest" });
};

// A document with pages is read as text or as pages; what was chosen last holds for the next one.
const VIEW = "duban-source-view";
const pages = () => panel.querySelector(".pages");
const inPages = () => Boolean(pages()) && localStorage.getItem(VIEW) === "pages";
const show = () => {
  if (!pages()) return;
  pages().hidden = !inPages();
  panel.querySelector(".source .text").hidden = inPages();
  for (const button of panel.querySelectorAll(".views button")) {
    button.setAttribute("aria-pressed", String((button.dataset.view === "pages") === inPages()));
  }
  if (inPages()) duban.pages.fill(pages());
};
const turnTo = (view) => {
  localStorage.setItem(VIEW, view);
  show();
  const entry = pressed();
  if (entry) revealQuote(numberOf(entry));
};
const revealQuote = (number) => {
  if (inPages()) duban.pages.reveal(pages(), number);
  else reveal(marksOf(number).find((mark) => mark.closest(".text")), false);
};

// A quote of the document that is open is shown at once; for another document the server is asked.
const choose = (cite) => {
  const entry = entries().find((one) => one.dataset.cite === cite);
  const marks = entry ? marksOf(numberOf(entry)) : [];
  followed = true;
  duban.openSources(true);
  if (!marks.length) return trigger("choose", { cite });
  panel.querySelectorAll("mark.chosen").forEach((mark) => mark.classList.remove("chosen"));
  marks.forEach((mark) => mark.classList.add("chosen"));
  entries().forEach((one) => one.setAttribute("aria-pressed", String(one === entry)));
  panel.querySelector(".position").textContent = `${entries().indexOf(entry) + 1} / ${entries().length}`;
  const path = panel.querySelector(".source .path");
  if (path) path.textContent = entry.title.split(" · ").slice(1).join(" · ");
  revealQuote(numberOf(entry));
};

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const cite = event.target.closest("button.cite, button.cite-entry");
  if (cite) {
    cite.closest("details")?.removeAttribute("open");
    choose(cite.dataset.cite);
  }
});

// Finding words: highlighted by the browser itself, so that the text and its marks stay as they are.
let hits = [];
let at = 0;
const find = (words) => {
  hits = [];
  const text = panel.querySelector(".source .text");
  const wanted = words.trim().toLowerCase();
  if (text && wanted) {
    for (const block of text.querySelectorAll("p, h4, h5, h6, td, th")) hits.push(...within(block, wanted));
  }
  at = 0;
  if (window.Highlight) CSS.highlights.set("duban-found", new Highlight(...hits));
  showHit();
};
const within = (block, wanted) => {
  const nodes = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let length = 0; walker.nextNode(); length += walker.currentNode.length) {
    nodes.push([length, walker.currentNode]);
  }
  const place = (offset, end) => {
    const [start, node] = nodes.findLast(([first]) => (end ? first < offset : first <= offset));
    return [node, offset - start];
  };
  const found = [];
  const words = block.textContent.toLowerCase();
  for (let start = words.indexOf(wanted); start >= 0; start = words.indexOf(wanted, start + wanted.length)) {
    const range = new Range();
    range.setStart(...place(start, false));
    range.setEnd(...place(start + wanted.length, true));
    found.push(range);
  }
  return found;
};
const showHit = () => {
  const words = panel.querySelector(".find-words")?.value.trim();
  panel.querySelector(".found").textContent = hits.length ? `${at + 1}/${hits.length}` : words ? duban.say("not_found") : "";
  if (window.Highlight) CSS.highlights.set("duban-found-now", new Highlight(...hits.slice(at, at + 1)));
  if (hits.length) reveal(hits[at].startContainer.parentElement, false);
};

panel.addEventListener("input", (event) => {
  if (!event.target.matches(".find-words")) return;
  if (inPages()) turnTo("text");
  find(event.target.value);
});
panel.addEventListener("keydown", (event) => {
  if (event.target.matches(".find-words") && event.key === "Enter") step(event.shiftKey ? -1 : 1);
});
const step = (by) => {
  if (!hits.length) return;
  at = (at + by + hits.length) % hits.length;
  showHit();
};

panel.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".find-step")) step(Number(button.dataset.step));
  if (button.dataset.view) turnTo(button.dataset.view);
  if (button.matches(".jump")) {
    button.closest("details").open = false;
    if (inPages()) duban.pages.open(pages(), button.dataset.page);
    else reveal(panel.querySelector(`#${button.dataset.anchor}`), false);
  }
  if (button.matches(".step")) {
    const all = entries();
    const next = all.indexOf(pressed()) + Number(button.dataset.step);
    choose(all[(next + all.length) % all.length].dataset.cite);
  }
  if (button.matches(".close")) leave();
});

// On a telephone the panel stands below the chat, so leaving it leads back to the mark that opened it.
const leave = () => {
  const cite = pressed()?.dataset.cite;
  duban.openSources(false);
  if (document.body.dataset.view !== "chat") return;
  const mark = document.querySelector(`#chat [data-cite="${cite}"]`);
  mark?.scrollIntoView({ block: "center" });
  mark?.focus({ preventScroll: true });
};

watch("value", () => {
  hits = [];
  panel.querySelector(".all")?.removeAttribute("open");
  show();
  if (pressed()) revealQuote(numberOf(pressed()));
  followed = false;
});
