// Find: the search in the dialog that the theme opens, and on the search's own page. What it needs is not small, and
// comes when the field is first used, or with the address of a question.
document.querySelectorAll("form.bd-search").forEach((form) => {
  const field = form.querySelector("input");
  const bring = () => {
    form.dataset.brought ??= ["search.js", form.dataset.index].map((name, n) => {
      const script = document.createElement("script");
      script.src = n ? name : name && form.dataset.index.replace(/search\/[^/]*$/, name);
      script.async = false;
      document.head.append(script);
    });
  };
  field.addEventListener("focus", bring);
  field.addEventListener("input", bring);
  const asked = !form.closest("dialog") && new URLSearchParams(location.search).get("q");
  if (document.activeElement === field || asked) bring();
});
