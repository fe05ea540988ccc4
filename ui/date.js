// The date that answers and board take for today. The field shows today until another day is chosen; only that
// other day is sent, so that a page left open overnight still answers as of the day it is asked.
const field = element.querySelector("input");
const shared = new URLSearchParams(location.search).get("as_of");
field.value = shared || duban.today();

const send = () => {
  if (!field.value) field.value = duban.today();
  props.value = field.value === duban.today() ? "" : field.value;
  element.classList.toggle("changed", props.value !== "");
  window.dispatchEvent(new Event("duban:date"));
};

field.addEventListener("change", send);
// Gradio takes no value before it has finished with this field.
if (shared) setTimeout(send);
