// Who is signed in, with the way out; nothing where nobody can sign in.
const shown = element.querySelector(".account");

const fill = (account) => {
  if (account.name) {
    shown.querySelector("summary").textContent = account.name;
    shown.querySelector(".role").textContent = duban.say(`rights_${account.role}`);
  }
  shown.querySelector("details").hidden = !account.name;
  shown.querySelector(".enter").hidden = Boolean(account.name) || !account.accounts;
};

fetch("/account").then((answer) => answer.ok ? answer.json() : null).then((account) => account && fill(account));
shown.querySelector(".enter").addEventListener("click", () => {
  duban.signIn();
});
