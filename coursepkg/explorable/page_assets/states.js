// The states of a figure: what packing.py took apart, put together again.
(() => {
  const climbed = (falls) => {
    let next = 0;
    return falls.map((fall) => {
      const index = next - fall;
      next = Math.max(next, index + 1);
      return index;
    });
  };

  // The rows of a form, each less the one before or less what stands two places before, as they were.
  const summed = (numbers, width, [rows, places]) => {
    const array = Int32Array.from(numbers);
    for (let k = 0; k < array.length; k++) if (places && k % width > 1) array[k] += array[k - 2];
    for (let k = width; k < array.length; k++) if (rows) array[k] += array[k - width];
    return array;
  };

  // A whole row: the numbers that were kept, and runs of columns that repeat earlier ones or mirror them.
  const whole = (kept, runs) => {
    const row = [];
    let k = 0;
    for (let r = 0; r <= runs.length; r += 4) {
      const [place = Infinity, source, length, sign] = runs.slice(r, r + 4);
      while (row.length < place && k < kept.length) row.push(kept[k++]);
      if (r < runs.length) for (let l = 0; l < length; l++) row.push(sign * row[source + l]);
    }
    return row;
  };

  // What a slot shows at its k-th distinct look, which is there as it is, or taken apart. Texts are made when they are asked for: a page holds millions of
  // letters in its states, and a reader sees few of them.
  const opened = (packed) => {
    if (typeof packed[0] === "string") return (k) => packed[k];
    const [forms, falls, runs, numbers, way] = packed;
    const which = climbed(falls);
    const count = forms.map(() => 0);
    const rank = which.map((form) => count[form]++);
    const texts = forms.map((form) => form.split("\0"));
    const arrays = numbers.map((each, form) => summed(each, each.length / count[form], way));
    const made = [];
    const make = (k) => {
      const form = which[k];
      const [first, ...rest] = texts[form];
      const width = arrays[form].length / count[form];
      const row = whole(arrays[form].subarray(rank[k] * width, (rank[k] + 1) * width), runs[form]);
      return rest.reduce((text, part, hole) => text + row[hole] / 10 + part, first);
    };
    return (k) => (made[k] ??= make(k));
  };

  // Indices are those of all states, or, where only some are there, by state.
  const indices = (at) => (Array.isArray(at) ? climbed(at) : at);

  // Resolves to {fragments, says, controls, axes}; the first two take the number of a state, and give undefined where
  // the page does not have it.
  window.explorableStates = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const { slots, says, ...data } = await new Response(stream).json();
    const looks = slots.map(([values, at]) => [opened(values), indices(at)]);
    const [texts, at] = [says[0], indices(says[1])];
    const fragments = (state) => looks.map(([look, of]) => look(of[state]));
    return { fragments, says: (state) => texts[at[state]], ...data };
  };
})();
