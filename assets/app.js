// Makes pages pleasanter; every one of them works without it.
import { initAll } from "./govuk-frontend.min.js";

const SECONDS = 1000;
const PHONE = "(max-width: 48.0525em)";

initAll();
revealAnswers();
foldFilters();
closeMenusByEscape();
watchProgress();

// Our own for radios: the design system's script gives them aria-expanded, which a radio may not have.
function revealAnswers() {
  const radios = [...document.querySelectorAll("input[type=radio][data-reveals]")];
  const show = () =>
    radios.forEach((radio) => {
      const revealed = document.getElementById(radio.dataset.reveals);
      revealed.classList.toggle("govuk-radios__conditional--hidden", !radio.checked);
    });
  if (!radios.length) return;
  show();
  document.addEventListener("change", show);
  window.addEventListener("pageshow", show);
}

// On a phone the filters would push the list off the screen: folded, unless one is in force.
function foldFilters() {
  if (!window.matchMedia(PHONE).matches) return;
  document.querySelectorAll("details[data-filter]:not([data-in-force])").forEach((panel) => panel.removeAttribute("open"));
}

function closeMenusByEscape() {
  document.querySelectorAll("details.app-person").forEach((menu) => {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
}

// Long work: fetch the page again and show its progress; load it whole once the work is done.
function watchProgress() {
  if (!document.querySelector("[data-progress]")) return;
  window.setTimeout(refreshProgress, 2 * SECONDS);
}

async function refreshProgress() {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
    if (answer.redirected || !answer.ok || !fresh) {
      window.location.assign(answer.url);
      return;
    }
    showProgress(document.querySelector("[data-progress]"), fresh);
  } catch {
    // The network is away: try again with the next turn.
  }
  watchProgress();
}

// Words change only where they differ, so that a screen reader is told once.
function showProgress(shown, fresh) {
  const words = shown.querySelector("[role=status]");
  const said = fresh.querySelector("[role=status]").textContent;
  if (words.textContent !== said) words.textContent = said;
  const rest = [...fresh.children].slice(1);
  shown.replaceChildren(words, ...rest);
}

// "/" goes to the search box, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("#search-everything");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
