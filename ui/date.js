// Hands the browser's own date picker to Gradio; the field is never redrawn while a date is typed.
const field = element.querySelector("input");
field.addEventListener("change", () => { props.value = field.value; });
