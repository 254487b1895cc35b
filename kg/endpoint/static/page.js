// Runs a query without leaving the page, and copies the command. Everything works without it.
"use strict";

const form = document.getElementById("query-form");
const live = document.getElementById("live");
let running = null; // the request that is under way

async function run(query) {
  running?.abort(); // the server stops the work of a client that has left
  running = new AbortController();
  document.getElementById("status").textContent = "…";
  document.getElementById("results")?.remove();
  live.replaceChildren();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "text/html" },
      body: new URLSearchParams({ query }),
      signal: running.signal,
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    live.append(...page.querySelectorAll("#results, .error"));
    history.replaceState(null, "", form.action + "?" + new URLSearchParams({ query }));
  } catch (error) {
    if (error.name === "AbortError") return;
    const message = document.createElement("p");
    message.className = "error";
    message.textContent = `The endpoint did not answer (${error.message}).`;
    live.append(message);
  }
  document.getElementById("status").textContent = "";
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  run(form.elements.query.value);
});

form?.elements.query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.from).textContent);
    button.textContent = "Copied";
  });
}
