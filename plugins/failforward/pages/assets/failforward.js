// Filters a list by words and by facets. Without this file the list is simply whole.
(() => {
  const wire = (form) => {
    if (form.dataset.ffReady) return;
    form.dataset.ffReady = "yes";
    const target = form.dataset.ffFilter;
    const noun = form.dataset.ffNoun;
    const roots = [...document.querySelectorAll(`#${target}, [data-ff-part="${target}"]`)];
    const items = roots.flatMap((root) => [...root.querySelectorAll("tbody tr:not(.ff-year), :scope > li")]);
    if (!items.length) return;
    const texts = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
    const words = form.querySelector("input");
    const facets = [...form.querySelectorAll("select")];
    const output = form.querySelector("output");

    const heads = (root) => {
      // The heading and the sentence above a part, up to the part before it.
      const above = [];
      for (let each = root.previousElementSibling; each && !each.matches("[data-ff-part], .ff-filter"); each = each.previousElementSibling) {
        above.push(each);
        if (/^H[1-6]$/.test(each.tagName)) break;
      }
      return above;
    };
    const parts = roots.filter((root) => root.dataset.ffPart).map((root) => [root, [root, ...heads(root)]]);

    const apply = () => {
      const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items) {
        const fits = wanted.every((word) => texts.get(item).includes(word)) &&
          facets.every((facet) => !facet.value || item.dataset[facet.dataset.ffFacet] === facet.value);
        item.hidden = !fits;
        shown += fits;
      }
      for (const body of document.querySelectorAll(`#${target} tbody`)) {
        body.hidden = ![...body.rows].some((row) => !row.hidden && !row.matches(".ff-year"));
      }
      for (const [root, all] of parts) {
        const empty = [...root.children].every((item) => item.hidden);
        for (const each of all) each.hidden = empty;
      }
      const narrowed = wanted.length || facets.some((facet) => facet.value);
      output.textContent = narrowed ? `${shown} of ${items.length} ${noun}${items.length === 1 ? "" : "s"}` : "";
      const address = new URL(location.href);
      if (words.value) address.searchParams.set("filter", words.value); else address.searchParams.delete("filter");
      history.replaceState(history.state, "", address);
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", apply);
    form.hidden = false;
    const given = new URL(location.href).searchParams.get("filter");
    if (given) {
      words.value = given;
      apply();
    }
  };
  for (const form of document.querySelectorAll("[data-ff-filter]")) wire(form);
})();
