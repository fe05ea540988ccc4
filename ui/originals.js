// The original pages of a document: drawn by the server when they come into view, with the quotes marked on them.
(() => {
  const url = (box, number, form, more = {}) =>
    `/originals/${number}.${form}?${new URLSearchParams({ document: box.dataset.document, ...more })}`;

  // The picture first; the places of the quotes come later, because the words of a scan have to be recognised.
  const load = (figure) => {
    figure.loading ??= draw(figure).catch(() => {
      figure.querySelector(".paper").textContent = duban.say("page_not_drawn");
    });
    return figure.loading;
  };

  const draw = async (figure) => {
    const box = figure.closest(".pages");
    const paper = figure.querySelector(".paper");
    const number = figure.dataset.page;
    const image = new Image();
    image.src = url(box, number, "webp", { version: box.dataset.version });
    image.alt = duban.say("page_picture", { page: number });
    await image.decode();
    paper.style.aspectRatio = `${image.naturalWidth} / ${image.naturalHeight}`;
    paper.replaceChildren(image);
    if (!quotesOn(box, number).length) return;
    paper.dataset.note = duban.say("finding_quotes");
    const answer = await fetch(url(box, number, "json", { quotes: box.dataset.quotes }));
    const marks = answer.ok ? await answer.json() : [];
    paper.append(...marks.map((one) => mark(one, box.dataset.chosen)));
    if (marks.length) delete paper.dataset.note;
    else paper.dataset.note = duban.say("quotes_not_placed");
  };

  // A quote may go on over the pages after the one it begins on.
  const quotesOn = (box, number) => [...new URLSearchParams(box.dataset.pages).values()]
    .map((one) => one.split("-").map(Number)).filter(([first, last]) => first <= number && number <= last);

  const mark = (one, chosen) => {
    const node = document.createElement("mark");
    node.className = `c${((one.number - 1) % 6) + 1}`;
    node.classList.toggle("chosen", String(one.number) === chosen);
    node.dataset.n = one.number;
    for (const side of ["left", "top", "width", "height"]) node.style[side] = `${one[side] * 100}%`;
    return node;
  };

  duban.pages = {
    // Make room for every page; those that come near the view are loaded.
    fill(box) {
      if (box.childElementCount) return;
      const seen = new IntersectionObserver((entries) => {
        for (const entry of entries) if (entry.isIntersecting) load(entry.target);
      }, { root: box, rootMargin: "50% 0px" });
      for (let number = 1; number <= Number(box.dataset.count); number += 1) {
        const figure = document.createElement("figure");
        figure.dataset.page = number;
        const paper = document.createElement("div");
        paper.className = "paper";
        paper.textContent = duban.say("drawing_page");
        const caption = document.createElement("figcaption");
        caption.textContent = duban.say("page_number", { page: number });
        figure.append(paper, caption);
        box.append(figure);
        seen.observe(figure);
      }
    },

    // Bring a quote into view: its page is loaded first, because only then its place is known.
    async reveal(box, quote) {
      box.dataset.chosen = quote;
      const page = Number.parseInt(new URLSearchParams(box.dataset.pages).get(quote), 10) || 1;
      const figure = box.querySelector(`figure[data-page="${page}"]`);
      box.scrollTop = figure.offsetTop - 8;
      await load(figure);
      if (box.dataset.chosen !== quote) return;
      const [first] = [...figure.querySelectorAll("mark")].filter((one) => one.dataset.n === quote);
      box.scrollTop = figure.offsetTop + (first ? first.offsetTop - box.clientHeight / 3 : -8);
    },

    // The page where a heading stands.
    open(box, page) {
      box.scrollTop = box.querySelector(`figure[data-page="${page}"]`).offsetTop - 8;
    },
  };
})();
