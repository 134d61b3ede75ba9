// Play and compare: a slider that walks by itself when told to, and a frame that is kept under the next ones.
addEventListener("DOMContentLoaded", () => {
  const made = (tag, kind, text = "") => {
    const element = document.createElement(tag);
    element.className = kind;
    element.textContent = text;
    if (tag === "button") element.type = "button";
    return element;
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  for (const figure of document.querySelectorAll("figure.explorable")) {
    const form = figure.querySelector(".controls");
    const words = figure.querySelector(".says");

    // One slider at a time: the whole of it in five seconds, but 4 to 12 steps a second.
    let playing, timer;
    const stop = () => {
      if (!playing) return;
      const { slider, button, name } = playing;
      playing = clearInterval(timer);
      button.textContent = "▶";
      button.setAttribute("aria-label", `Play ${name}`);
      slider.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const play = (slider, button, name) => {
      const go = (k) => {
        slider.value = k;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        if (slider.value === slider.max) stop();
      };
      if (slider.value === slider.max) go(0);
      playing = { slider, button, name };
      button.textContent = "❚❚";
      button.setAttribute("aria-label", `Pause ${name}`);
      timer = setInterval(() => go(Math.floor(slider.value) + 1), 1000 / Math.min(12, Math.max(4, slider.max / 5)));
    };
    for (const label of form.querySelectorAll(".slider")) {
      const slider = label.querySelector("input");
      if (slider.max < 2) continue;
      const row = made("div", "walk");
      const button = made("button", "play", "▶");
      const name = label.firstChild.textContent;
      button.setAttribute("aria-label", `Play ${name}`);
      button.addEventListener("click", () => {
        const mine = playing?.button === button;
        stop();
        if (!mine) play(slider, button, name);
      });
      label.replaceWith(row);
      row.append(button, label);
    }
    // The reader's own hand comes first.
    form.addEventListener("input", (event) => event.isTrusted && stop());
    form.addEventListener("click", (event) => event.target.closest("[data-reset], [data-preset]") && stop(), true);
    document.addEventListener("visibilitychange", stop);
    still.addEventListener("change", stop);

    const ghost = document.createElementNS("http://www.w3.org/2000/svg", "g");
    ghost.setAttribute("class", "ghost");
    const kept = made("p", "kept");
    const pin = made("button", "pin", "Pin");
    const value = (group) => {
      const chosen = group.querySelector(".value, :checked + span");
      return `${group.querySelector("span").textContent} ${chosen.textContent}`;
    };
    pin.title = "Keep this frame under the next ones";
    pin.setAttribute("aria-pressed", false);
    pin.addEventListener("click", () => {
      const pinned = pin.getAttribute("aria-pressed") === "false";
      pin.setAttribute("aria-pressed", pinned);
      ghost.remove();
      kept.remove();
      if (!pinned) return;
      const slots = [...figure.querySelectorAll("[data-slot]")];
      ghost.innerHTML = slots.map((slot) => slot.innerHTML).join("");
      slots[0].before(ghost);
      const values = [...form.querySelectorAll(".slider, .choice")].map(value).join(", ");
      kept.textContent = `Pinned, in grey: ${values}. ${words.textContent}`;
      figure.querySelector(".caption").after(kept);
    });
    form.querySelector("[data-reset]").after(pin);
  }
});
