/* Reads the page aloud with the browser's own voice. Without one there is no button. */
const button = document.querySelector(".aloud");
const voice = window.speechSynthesis;
const TEXT = "h1, h2, h3, h4, p, li, dt, dd, figcaption, caption, th, td";

/* The pieces of the page's text, innermost elements only, each in its own language. */
function pieces() {
  const all = [...document.querySelectorAll(`main :is(${TEXT})`)];
  return all
    .filter((part) => !part.querySelector(TEXT) && part.checkVisibility?.() !== false)
    .map((part) => ({
      words: part.innerText.trim(),
      language: part.closest("[lang]")?.lang === "en" ? "en" : "zh-CN",
      part,
    }))
    .filter(({ words }) => words);
}

function show(reading) {
  button.setAttribute("aria-pressed", reading);
  button.textContent = reading ? button.dataset.stop : button.dataset.start;
}

function mark(part) {
  document.querySelector(".spoken")?.classList.remove("spoken");
  part?.classList.add("spoken");
}

function stop() {
  voice.cancel();
  mark(null);
  show(false);
}

/* One utterance for each piece: browsers cut long ones short. */
function start() {
  show(true);
  const list = pieces();
  list.forEach(({ words, language, part }, number) => {
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = language;
    spoken.rate = 0.9;
    spoken.onstart = () => mark(part);
    if (number === list.length - 1) spoken.onend = stop;
    voice.speak(spoken);
  });
}

if (button && voice) {
  button.dataset.start = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => (voice.speaking ? stop() : start()));
  addEventListener("pagehide", () => voice.cancel());
}

/* Paper: a button only where it does something. */
for (const print of document.querySelectorAll("[data-print]")) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
