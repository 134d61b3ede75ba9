// Explorables reach into the margin, and the theme folds its list of contents while a "popout" is in sight. It expects
// that list on every page: where there is none, nothing may be called so.
if (document.querySelector(".bd-sidebar-secondary")) {
  for (const part of document.querySelectorAll(".explorable :is(.head, .controls)")) part.classList.add("popout");
}
