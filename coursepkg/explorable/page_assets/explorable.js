// Sliders that swap fragments of an inline SVG.
(() => {
  const all = (root, query) => [...root.querySelectorAll(query)];

  // The states lie within the figure, or in a script of their own: unlike fetch, that works from a disk too.
  const packed = (figure) => {
    const { hash, states } = figure.dataset;
    if (!states) return figure.querySelector(".payload").textContent;
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = states;
      script.onload = () => resolve(explorables[hash]);
      script.onerror = reject;
      document.head.append(script);
    });
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
    const told = figure.querySelector(".told-once");
    const parts = all(figure, "[data-slot]");
    let data, soon, later, moving;
    try {
      data = await explorableStates(await packed(figure));
    } catch {
      figure.querySelector(".note").hidden = false;
      return;
    }
    const { fragments, says, controls, axes } = data;
    const groups = controls.map(([control]) => all(form, `[data-control="${control}"]`));
    const shown = [];

    // Between two places of a slider, and at a value that was written, only where figure.live has been set: by a page
    // that has Python to ask. Such a value holds until its slider moves.
    const exact = [];
    const value = (c) => {
      const thumb = place(groups[c]);
      if (exact[c]?.thumb !== thumb) delete exact[c];
      return exact[c]?.value ?? controls[c][1][thumb] ?? figure.live.value(c, thumb);
    };
    const set = (c, wanted) => {
      const k = controls[c][1].indexOf(wanted);
      delete exact[c];
      if (k >= 0) return put(groups[c], k);
      put(groups[c], figure.live.place(c, wanted));
      if (groups[c].length === 1) exact[c] = { value: wanted, thumb: place(groups[c]) };
    };

    // A move is announced once: the value of a slider that has the focus is spoken whenever it changes, so the words
    // belong to it; after any other move, once at rest, by the region that is there to be spoken.
    const speak = () => moving.setAttribute("aria-valuetext", `${moving.nextElementSibling.textContent}. ${words.textContent}`);
    const tell = () => {
      clearTimeout(later);
      told.textContent = "";
      later = setTimeout(() => {
        told.textContent = words.textContent;
        later = setTimeout(() => (told.textContent = ""), 5000); // or they would be read twice by who reads on
      }, 300);
    };

    const paint = (looks, text) => {
      looks.forEach((fragment, s) => {
        if (shown[s] !== fragment) parts[s].innerHTML = shown[s] = fragment;
      });
      if (words.textContent !== text) words.textContent = text;
      if (moving) speak();
    };
    const late = (fragments, text) => {
      paint(fragments, text);
      if (!moving) tell();
    };

    const show = (moved) => {
      moving = moved?.type === "range" ? moved : null;
      const values = groups.map((_, c) => value(c));
      const places = values.map((one, c) => controls[c][1].indexOf(one));
      const state = places.includes(-1) ? -1 : places.reduce((sum, k, c) => sum * controls[c][1].length + k, 0);
      const here = says(state) !== undefined;
      groups.forEach(([input, radio], c) => {
        if (radio) return;
        const text = controls[c][2][places[c]] ?? figure.live.text(c, values[c]);
        if (input !== moving) input.setAttribute("aria-valuetext", text);
        input.nextElementSibling.textContent = text;
      });
      figure.live?.ask(here ? null : values);
      if (here) paint(fragments(state), says(state));
      figure.dispatchEvent(new Event("shown"));
    };

    const go = (places) => {
      exact.length = 0;
      missed.remove();
      groups.forEach((group, c) => put(group, places[c]));
      show();
    };

    const fragment = () => `#${name}:${groups.map((_, c) => `${controls[c][0]}=${encodeURIComponent(value(c))}`)}`;

    // Only at rest: each change loads the icon anew.
    const share = () => {
      clearTimeout(soon);
      // A frame that has no address of its own has none to change.
      if (location.protocol !== "about:") soon = setTimeout(() => history.replaceState(null, "", fragment()), 200);
    };

    // What leads to this state, from an address or from another page. Empty data-page: this is the page of its own.
    const copies = {
      link: () => new URL(fragment(), location),
      embed() {
        const title = figure.querySelector(".title").textContent.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
        const frame = `title="${title}" width="100%" height="${figure.offsetHeight + 60}" style="border: 0"`;
        const source = new URL(fragment(), new URL(figure.dataset.page || location.pathname, location));
        return `<iframe src="${source}" ${frame} sandbox="allow-scripts" loading="lazy"></iframe>`;
      },
    };

    // Where a page may not write to the clipboard, the reader can.
    const copy = async (button) => {
      const text = `${copies[button.dataset.copy]()}`;
      const label = button.textContent;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = label), 2000);
      } catch {
        const held = figure.querySelector(".held") ?? document.createElement("input");
        Object.assign(held, { className: "held", readOnly: true, value: text, ariaLabel: label });
        button.closest(".head").after(held);
        held.select();
      }
    };

    // The address may name some controls only, and a state that this page does not have.
    const missed = Object.assign(document.createElement("p"), { className: "note" });
    const follow = () => {
      const [who, what] = location.hash.slice(1).split(":");
      if (who !== name || !what) return;
      const wanted = new URLSearchParams(what.replaceAll(",", "&"));
      const between = [];
      go(
        groups.map((group, c) => {
          const [control, values] = controls[c];
          const asked = wanted.get(control);
          const k = nearest(values, asked ?? NaN);
          if (k >= 0 && typeof values[0] === "number" && values[k] !== +asked) between.push([c, +asked]);
          if (k < 0 && asked?.startsWith("~")) between.push([c, asked]); // points of somebody's own
          return k < 0 ? home(group) : k;
        })
      );
      const lost = between.filter(([c, asked]) => !figure.live?.takes(c, asked));
      between.filter((one) => !lost.includes(one)).forEach(([c, asked]) => set(c, asked));
      if (between.length > lost.length) show();
      if (lost.length) {
        const asked = lost.map(([c, one]) => `${controls[c][0]} = ${one}`.replace("-", "−")).join(" and ");
        missed.textContent = !lost.some(([, one]) => one[0] === "~")
          ? `The address asks for ${asked}, which this page does not have. It shows the nearest.`
          : figure.live
            ? "The address carries points that cannot be read. The figure shows the author's."
            : "The address carries points of a reader's own. They appear once this page runs Python.";
        figure.append(missed);
      }
      figure.scrollIntoView();
    };

    form.addEventListener("input", ({ target, isTrusted }) => {
      missed.remove();
      show(isTrusted ? target : null); // else it was dragged in the figure, or plays
    });
    form.addEventListener("change", ({ target, isTrusted }) => {
      share();
      if (!(isTrusted && target.dataset.control)) tell(); // what is chosen by its name has the words as its description
    });
    all(figure, "[data-copy]").forEach((button) => button.addEventListener("click", () => copy(button)));
    figure.querySelector(".copy").hidden = false;
    all(form, "[data-reset], [data-preset]").forEach((button) =>
      button.addEventListener("click", () => {
        go(button.dataset.preset?.split(" ") ?? groups.map(home));
        share();
        tell();
      })
    );
    addEventListener("hashchange", follow);
    addEventListener("pageshow", () => show()); // browsers may put sliders back late
    form.disabled = false;
    figure.explorable = { name, axes, controls, groups, value, set, show, paint: late, follow, missed };
    show();
    follow();
    figure.dataset.ready = "";
  };

  // A figure comes to life, and its states are loaded, a screen before it is reached.
  addEventListener("DOMContentLoaded", () => {
    const near = new IntersectionObserver(
      (found) =>
        found.forEach(({ isIntersecting, target }) => {
          if (!isIntersecting) return;
          near.unobserve(target);
          start(target);
        }),
      { rootMargin: "100%" }
    );
    const figures = all(document, "figure.explorable");
    figures.forEach((figure) => near.observe(figure));

    // An address names a figure as #name or #name:state, unless something else on the page has that id.
    const reach = () => {
      const [name] = location.hash.slice(1).split(":");
      const named = figures.find((figure) => figure.dataset.name === name);
      if (!document.getElementById(name)) named?.scrollIntoView();
    };
    addEventListener("hashchange", reach);
    reach();
  });
})();
