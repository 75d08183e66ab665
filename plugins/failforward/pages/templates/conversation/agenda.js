// A countdown for each part. Time is read from the clock, so that a page in the background stays right.
"use strict";
(() => {
  const parts = [...document.querySelectorAll("section[data-minutes]")].map((element) => ({
    element, clock: element.querySelector(".clock"), bar: element.querySelector("progress"),
    title: element.querySelector("h2").lastChild.textContent.trim(),
    whole: Number(element.dataset.minutes) * 60, spent: 0, told: false,
  }));
  const [start, next, reset, total, said] = ["start", "next", "reset", "total", "said"].map((id) => document.getElementById(id));
  const title = document.title;
  let current = -1;
  let since = 0; // When the clock was started last, in milliseconds; 0 while it stands still.

  const spent = (part, place) => part.spent + (place === current && since ? (Date.now() - since) / 1000 : 0);
  const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  function draw() {
    let left = 0;
    parts.forEach((part, place) => {
      const rest = Math.ceil(part.whole - spent(part, place));
      const over = rest < 0;
      part.clock.textContent = over ? `${shown(-rest)} over` : shown(rest);
      part.bar.value = Math.min(100, (100 * spent(part, place)) / part.whole);
      part.element.classList.toggle("now", place === current);
      part.element.classList.toggle("past", place < current);
      part.element.classList.toggle("over", over);
      if (place === current) part.element.setAttribute("aria-current", "step");
      else part.element.removeAttribute("aria-current");
      if (place >= current) left += Math.max(rest, 0);
      if (rest <= 0 && since && place === current && !part.told) {
        part.told = true;
        said.textContent = `The time for “${part.title}” is over.`;
      }
    });
    total.textContent = `${shown(left)} left of the half hour`;
    document.title = since ? `${parts[current].clock.textContent} · ${parts[current].title}` : title;
    start.textContent = since ? "Pause" : current < 0 ? "Start" : "Go on";
    next.disabled = current >= parts.length - 1;
  }

  function hold() {
    if (since) parts[current].spent += (Date.now() - since) / 1000;
    since = 0;
  }

  function go(place) {
    hold();
    current = place;
    since = Date.now();
    said.textContent = parts[place].title;
    parts[place].element.scrollIntoView({ block: "start" });
    draw();
  }

  start.addEventListener("click", () => {
    if (since) hold();
    else if (current < 0) return go(0);
    else since = Date.now();
    return draw();
  });
  next.addEventListener("click", () => go(Math.min(current + 1, parts.length - 1)));
  reset.addEventListener("click", () => {
    hold();
    current = -1;
    parts.forEach((part) => { part.spent = 0; part.told = false; });
    said.textContent = "";
    draw();
  });
  document.querySelector(".controls").hidden = false;
  setInterval(draw, 250);
  draw();
})();
