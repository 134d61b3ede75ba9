// The page's notebook: taken away with the reader's text in it, or brought back from elsewhere.

const text = (cell) => (Array.isArray(cell.source) ? cell.source.join("") : cell.source);
const bare = (source) => source.replace(/\s+$/, "");
const grade = (cell) => cell.metadata?.nbgrader?.grade_id;

export class Notebook {
  #made;

  /** The notebook at `address`, as the site keeps it. */
  constructor(address) {
    this.address = address;
  }

  async #whole() {
    if (!this.#made) {
      const answer = await fetch(this.address);
      if (!answer.ok) throw new Error(`the notebook could not be fetched (${answer.status})`);
      this.#made = await answer.json();
    }
    return structuredClone(this.#made);
  }

  /** Pairs of the page's cells and the notebook's: of each kind in order, by the author's text. */
  #pairs(notebook, cells) {
    return ["code", "markdown"].flatMap((kind) => {
      const left = notebook.cells.filter((one) => one.cell_type === kind);
      return cells.filter((cell) => cell.kind === kind).flatMap((cell) => {
        const k = left.findIndex((one) => bare(text(one)) === bare(cell.author));
        return k < 0 ? [] : [[cell, left.splice(0, k + 1)[k]]];
      });
    });
  }

  /** Hand the notebook to the reader as a file, with what stands in the page's editors. */
  async download(cells) {
    const notebook = await this.#whole();
    for (const [cell, one] of this.#pairs(notebook, cells)) {
      if (bare(cell.source) !== bare(cell.author)) one.source = bare(cell.source);
    }
    const file = new Blob([JSON.stringify(notebook, null, 1) + "\n"], { type: "application/x-ipynb+json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = this.address.split("/").pop().split("?")[0];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /** Put the text of `file` into the editors; how many cells it had, or an error that says why it is not its own. */
  async load(file, cells) {
    const mine = await this.#whole();
    let theirs;
    try {
      theirs = JSON.parse(await file.text()).cells.filter((one) => one.cell_type);
    } catch {
      throw new Error(`${file.name} is no notebook`);
    }
    const pairs = this.#pairs(mine, cells);
    const found = pairs.flatMap(([cell, one]) => {
      const same = theirs.find((other) => (grade(one) ? grade(other) === grade(one) : other.id === one.id));
      return same ? [[cell, bare(text(same))]] : [];
    });
    // Notebooks of the course share a few names of cells, such as that of the first.
    if (found.length <= pairs.length / 2) throw new Error(`${file.name} is another notebook than this page's`);
    for (const [cell, source] of found) if (source !== bare(cell.source)) cell.source = source;
    return found.length;
  }
}
