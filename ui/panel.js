// Runs once when the sources panel is on the page. Clicks on citation marks are caught on the
// document, because the chat window redraws its messages while an answer grows.
document.documentElement.lang = "zh-CN";

const reveal = (followed) => {
  const mark = element.querySelector("mark.chosen");
  const text = element.querySelector(".source .text");
  if (!mark || !text) return;
  if (followed) {
    element.querySelector('button.cite-entry[aria-pressed="true"]')?.scrollIntoView({ block: "nearest" });
    mark.scrollIntoView({ block: "center", inline: "nearest" });
  } else {
    const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += offset - text.clientHeight / 3;
  }
};

const copied = (button) => {
  const label = button.textContent;
  button.textContent = "已复制";
  setTimeout(() => { button.textContent = label; }, 1500);
};

const copy = async (button) => {
  // The clipboard interface exists only on https and on this machine itself.
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(button.value);
  } else {
    const area = document.createElement("textarea");
    area.value = button.value;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  copied(button);
};

let followed = false;

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const copier = event.target.closest("button.copy-answer");
  if (copier) copy(copier);
  const cite = event.target.closest("button.cite, button.cite-entry");
  if (!cite) return;
  const opened = element.querySelector('button.cite-entry[aria-pressed="true"]');
  if (opened && opened.value === cite.value) {
    reveal(true);
  } else {
    followed = true;
    trigger("select", { cite: cite.value });
  }
});

watch("value", () => {
  reveal(followed);
  followed = false;
});
