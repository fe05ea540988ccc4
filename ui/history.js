// The kept conversations: open, find, rename, delete.
const list = element;

list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const entry = button.closest("li");
  if (button.matches(".new")) {
    trigger("begin_new", {});
    duban.go("");
  } else if (button.matches(".open")) {
    trigger("open_kept", { id: entry.dataset.id });
    duban.go(`c=${entry.dataset.id}`);
  } else if (button.matches(".rename")) {
    rename(entry);
  } else if (button.matches(".remove")) {
    // A second click on the same button deletes, so that no dialog has to be closed.
    if (button.dataset.sure) trigger("remove", { id: entry.dataset.id });
    else Object.assign(button.dataset, { sure: "yes" }) && (button.textContent = duban.say("delete_sure"));
  }
  if (button.matches(".new, .open")) document.body.classList.remove("history-open");
});

const rename = (entry) => {
  const button = entry.querySelector(".open");
  const field = document.createElement("input");
  field.value = entry.querySelector(".title").textContent;
  field.className = "new-title";
  field.setAttribute("aria-label", duban.say("new_name"));
  button.hidden = true;
  entry.querySelector("details").open = false;
  entry.prepend(field);
  field.focus();
  let ended = false;
  const end = (keep) => {
    // Removing a field that has the focus makes it lose the focus first.
    if (ended) return;
    ended = true;
    const title = field.value;
    field.remove();
    button.hidden = false;
    if (keep && title.trim()) trigger("rename", { id: entry.dataset.id, title });
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") end(false);
  });
  field.addEventListener("blur", () => end(true));
};

let waiting;
list.querySelector(".find-kept").addEventListener("input", (event) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => trigger("find", { words: event.target.value }), 200);
});
