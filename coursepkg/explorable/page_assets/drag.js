// A ring on the figure that sets the sliders of a start point. Loaded where a scene can be dragged.
addEventListener("DOMContentLoaded", () => {
  for (const drag of document.querySelectorAll("[data-drag]")) {
    const figure = drag.closest("figure");
    const box = drag.firstChild;
    const grip = drag.lastChild;
    const tracks = JSON.parse(drag.dataset.drag);
    const sliders = {};
    for (const axis in tracks) sliders[axis] = figure.querySelector(`[data-control="${tracks[axis][0]}"]`);
    const say = (type) => Object.values(sliders)[0].dispatchEvent(new Event(type, { bubbles: true }));

    // A slider that is live has places between those of its grid.
    const between = (places, k) => places[Math.floor(k)] * (1 - (k % 1)) + places[Math.ceil(k)] * (k % 1);

    // One ring for one slider: along the lower or the left edge.
    const place = (axis, edge) => (tracks[axis] ? between(tracks[axis][1], sliders[axis].value) : edge);
    figure.addEventListener("shown", () => {
      drag.removeAttribute("display");
      const { x, y, height } = box.getBBox();
      grip.setAttribute("transform", `translate(${place("x", x)} ${place("y", y + height)})`);
    });

    const follow = ({ clientX, clientY }) => {
      const at = new DOMPoint(clientX, clientY).matrixTransform(box.getScreenCTM().inverse());
      let moved = false;
      for (const axis in tracks) {
        const places = tracks[axis][1];
        const parts = Math.round(1 / (sliders[axis].step || 1));
        const gaps = Array.from({ length: (places.length - 1) * parts + 1 }, (_, k) =>
          Math.abs(between(places, k / parts) - at[axis])
        );
        const nearest = gaps.indexOf(Math.min(...gaps)) / parts;
        moved ||= nearest !== +sliders[axis].value;
        sliders[axis].value = nearest;
      }
      if (moved) say("input");
    };

    // A finger that lands beside the ring may want to scroll: it moves the ring by a tap alone. On the ring it
    // must not scroll; the style touch-action would say so, but browsers overlook it inside an SVG.
    let held = false;
    grip.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    drag.addEventListener("pointerdown", (event) => {
      if (event.button || (event.pointerType === "touch" && event.target === box)) return;
      held = true;
      drag.setPointerCapture(event.pointerId);
      if (event.pointerType !== "touch") follow(event);
      event.preventDefault();
    });
    drag.addEventListener("pointermove", (event) => held && follow(event));
    drag.addEventListener("lostpointercapture", () => {
      held = false;
      say("change");
    });
    drag.addEventListener("click", (event) => {
      follow(event);
      say("change");
    });
  }
});
