// The address that the title being typed will give a new page; without this it is made all the same.
const shown = document.querySelector("[data-page-address]:not([data-page-address=''])");
const title = document.getElementById("id_title");
const PAUSE = 250; // milliseconds without a key before the server is asked
let waiting;

async function ask() {
  const query = new URLSearchParams({ title: title.value });
  const answer = await fetch(`${shown.dataset.pageAddress}?${query}`);
  if (answer.ok) shown.querySelector("output").textContent = (await answer.json()).address;
}

if (shown && title) {
  title.addEventListener("input", () => {
    clearTimeout(waiting);
    if (title.value.trim()) waiting = setTimeout(ask, PAUSE);
  });
}
