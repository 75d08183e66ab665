// A page is built on one day and read on another: this picks the anniversaries of the reader's day, and shows another
// lesson when asked. Without this file the page says what was true on the day of the build.
(() => {
  const DAY = 86400000;
  const get = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };
  const link = (text, href) => {
    const made = document.createElement("a");
    made.href = href;
    made.textContent = text;
    return made;
  };
  const span = (kind, ...inside) => {
    const made = document.createElement("span");
    made.className = kind;
    made.append(...inside);
    return made;
  };

  // The days near the reader's own, also over the turn of the year; 29 February is the 28th where there is none.
  const near = (days, today) => {
    const here = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
    const found = [];
    for (const [key, entries] of Object.entries(days)) {
      const [month, day] = key.split("-").map(Number);
      for (const year of [-1, 0, 1].map((step) => today.getFullYear() + step)) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const ahead = (Date.UTC(year, month - 1, Math.min(day, last)) - here) / DAY;
        if (Math.abs(ahead) > 3) continue;
        for (const entry of entries) {
          if (year > entry.year) found.push({ ...entry, ahead, years: year - entry.year, month, day });
        }
      }
    }
    return found.sort((a, b) => Math.abs(a.ahead) - Math.abs(b.ahead) || a.ahead - b.ahead || a.years - b.years);
  };

  const remember = async (box) => {
    if (box.dataset.ffReady) return;
    box.dataset.ffReady = "yes";
    const now = new Date();
    const written = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
    if (box.dataset.ffDay === written.join("-")) return;
    const file = new URL(box.dataset.ffDays, location.href);
    const found = near((await get(file)).days, now).slice(0, 5);
    if (!found.length) return;
    const list = document.createElement("ul");
    list.className = "ff-lines";
    for (const each of found) {
      const row = document.createElement("li");
      row.className = "ff-line";
      const day = new Date(Date.UTC(each.year, each.month - 1, each.day));
      const said = day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
      const ago = each.years === 1 ? "One year ago" : `${each.years} years ago`;
      row.append(
        span(`ff-badge ff-is-${each.ahead === 0 ? "open" : "done"}`, ago), " ",
        span("", link(each.title, new URL(each.url, file)), " ", span("ff-meta", said)),
      );
      list.append(row);
    }
    box.replaceChildren(list);
  };

  const offer = (box) => {
    const shards = Number(box.dataset.ffShards);
    if (box.dataset.ffReady || !shards) return;
    box.dataset.ffReady = "yes";
    const root = new URL(box.dataset.ffLessons, location.href);
    const part = (name) => box.querySelector(`[data-ff-part-of="${name}"]`);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ff-button";
    button.textContent = "Another lesson";
    button.addEventListener("click", async () => {
      const before = part("change").textContent;
      let chosen;
      try {
        const shard = Math.floor(Math.random() * shards);
        const all = (await get(new URL(`lessons/lessons-${shard}.json`, root))).lessons;
        const others = all.filter((each) => each.change !== before);
        chosen = others[Math.floor(Math.random() * others.length)];
      } catch {
        // Without the file, as on a page opened from a disk, the list of lessons is still there.
        location.href = box.querySelector(".ff-lesson-more a").href;
        return;
      }
      if (!chosen) return;
      part("cause").replaceChildren(link(chosen.cause, new URL(chosen.cause_url, root)));
      part("change").textContent = chosen.change;
      part("state").textContent = chosen.state;
      part("state").className = `ff-badge ff-is-${chosen.tone}`;
      part("review").replaceChildren(link(chosen.review, new URL(chosen.url, root)));
    });
    box.querySelector(".ff-lesson-more").prepend(button, " ");
  };

  for (const box of document.querySelectorAll("[data-ff-days]")) remember(box).catch(() => {});
  for (const box of document.querySelectorAll("[data-ff-lessons]")) offer(box);
})();
