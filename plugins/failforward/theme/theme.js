// Material's search is a dialog without a name: a screen reader hears one here.
for (const dialog of document.querySelectorAll('.md-search[role="dialog"]:not([aria-label])')) {
  dialog.setAttribute("aria-label", dialog.querySelector("input")?.getAttribute("aria-label") || "Search");
}
