// Filters a list by words and by facets. Without this file the list is simply whole.
(() => {
  const wire = (form) => {
    if (form.dataset.ffReady) return;
    form.dataset.ffReady = "yes";
    const target = form.dataset.ffFilter;
    const { ffNoun: noun, ffNouns: nouns = `${noun}s` } = form.dataset;
    const roots = [...document.querySelectorAll(`#${target}, [data-ff-part="${target}"]`)];
    const items = roots.flatMap((root) => [...root.querySelectorAll("tbody tr:not(.ff-year), :scope > li")]);
    if (!items.length) return;
    const texts = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
    const words = form.querySelector("input");
    const facets = [...form.querySelectorAll("select")];
    const output = form.querySelector("output");
    // An entry may have several words for a facet, such as the teams that share it.
    const has = (item, facet) => (item.dataset[facet.dataset.ffFacet] || "").split(" | ").includes(facet.value);
    const fields = [["filter", words], ...facets.map((facet) => [facet.dataset.ffFacet, facet])];

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
          facets.every((facet) => !facet.value || has(item, facet));
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
      output.textContent = narrowed ? `${shown} of ${items.length} ${items.length === 1 ? noun : nouns}` : "";
      const address = new URL(location.href);
      for (const [name, field] of fields) {
        if (field.value) address.searchParams.set(name, field.value); else address.searchParams.delete(name);
      }
      history.replaceState(history.state, "", address);
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", apply);
    form.hidden = false;
    // What was chosen stands in the address, so that it can be sent to somebody.
    const given = new URL(location.href).searchParams;
    for (const [name, field] of fields) field.value = given.get(name) || "";
    for (const facet of facets) if (facet.selectedIndex < 0) facet.value = "";
    if (fields.some(([, field]) => field.value)) apply();
  };
  for (const form of document.querySelectorAll("[data-ff-filter]")) wire(form);
})();
