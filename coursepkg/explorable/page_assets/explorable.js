// Sliders that swap fragments of an inline SVG.
(() => {
  const all = (root, query) => [...root.querySelectorAll(query)];

  const unpack = (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  };

  // A range is a group of one, radio buttons one of many.
  const place = (group) => +(group[1] ? group.find((input) => input.checked) : group[0]).value;
  const home = (group) => +(group[1] ? group.find((input) => input.defaultChecked) : group[0]).defaultValue;
  const put = (group, k) => (group[1] ? (group[k].checked = true) : (group[0].value = k));

  const nearest = (values, wanted) => {
    if (typeof values[0] === "string") return values.indexOf(wanted);
    const gaps = values.map((value) => Math.abs(value - wanted));
    return gaps.indexOf(Math.min(...gaps));
  };

  const start = async (figure) => {
    const { name } = figure.dataset;
    const form = figure.querySelector(".controls");
    const words = figure.querySelector(".says");
    const parts = all(figure, "[data-slot]");
    let data, soon;
    try {
      data = await unpack(figure.querySelector(".payload").textContent);
    } catch {
      figure.querySelector(".note").hidden = false;
      return;
    }
    const { slots, says, controls } = data;
    const groups = controls.map(([control]) => all(form, `[data-control="${control}"]`));
    const shown = [];

    const show = () => {
      const state = groups.reduce((sum, group, c) => sum * controls[c][1].length + place(group), 0);
      slots.forEach(([fragments, at], s) => {
        if (shown[s] !== at[state]) parts[s].innerHTML = fragments[(shown[s] = at[state])];
      });
      const text = says[0][says[1][state]];
      if (words.textContent !== text) words.textContent = text;
      groups.forEach(([input, radio], c) => {
        if (radio) return;
        const value = controls[c][2][input.value];
        input.setAttribute("aria-valuetext", value);
        input.nextElementSibling.textContent = value;
      });
      figure.dispatchEvent(new Event("shown"));
    };

    const go = (places) => {
      groups.forEach((group, c) => put(group, places[c]));
      show();
    };

    // Only at rest: each change loads the icon anew.
    const share = () => {
      clearTimeout(soon);
      soon = setTimeout(() => {
        const values = groups.map((group, c) => `${controls[c][0]}=${encodeURIComponent(controls[c][1][place(group)])}`);
        history.replaceState(null, "", `#${name}:${values}`);
      }, 200);
    };

    // The address may name some controls only.
    const follow = () => {
      const [who, what] = location.hash.slice(1).split(":");
      if (who !== name || !what) return;
      const wanted = new URLSearchParams(what.replaceAll(",", "&"));
      go(
        groups.map((group, c) => {
          const k = nearest(controls[c][1], wanted.get(controls[c][0]) ?? NaN);
          return k < 0 ? home(group) : k;
        })
      );
      figure.scrollIntoView();
    };

    form.addEventListener("input", show);
    form.addEventListener("change", share);
    all(form, "[data-reset], [data-preset]").forEach((button) =>
      button.addEventListener("click", () => {
        go(button.dataset.preset?.split(" ") ?? groups.map(home));
        share();
      })
    );
    addEventListener("hashchange", follow);
    addEventListener("pageshow", show); // browsers may put sliders back late
    form.disabled = false;
    show();
    follow();
    figure.dataset.ready = "";
  };

  addEventListener("DOMContentLoaded", () => all(document, "figure.explorable").forEach(start));
})();
