// Suggestions while somebody types: titles in the field's own list. Without this the form works too.
const list = document.getElementById("search-suggestions");
const field = list?.closest("form").elements.namedItem("q");
const PAUSE = 180; // milliseconds without a key before the server is asked
let waiting, asked;

async function suggest() {
  const words = field.value.trim();
  asked?.abort();
  if (!words) return list.replaceChildren();
  asked = new AbortController();
  try {
    const address = `${list.dataset.address}?${new URLSearchParams({ q: words })}`;
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) return;
    const { suggestions } = await answer.json();
    list.replaceChildren(...suggestions.map((title) => new Option(title, title)));
  } catch (error) {
    if (error.name !== "AbortError") list.replaceChildren();
  }
}

if (field) {
  field.setAttribute("list", list.id);
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PAUSE);
  });
}
