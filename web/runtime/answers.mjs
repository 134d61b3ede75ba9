// Answers in words: where the notebook leaves a cell of text for the student, the page has a field to write in.

const ASKED = "YOUR ANSWER HERE"; // nbgrader's text for a cell that waits for one

/** A field in place of the paragraph `place`; `drafts` keeps what is written. It has what a cell's editor has. */
class Answer {
  kind = "markdown";
  author = ASKED;

  constructor(place, number, drafts) {
    const key = number ? `${ASKED} ${number + 1}` : ASKED;
    this.field = Object.assign(document.createElement("textarea"), { className: "answer", rows: 4 });
    this.field.setAttribute("aria-label", "Your answer in words; Markdown, as in the notebook");
    this.field.placeholder = "Your answer";
    this.field.value = drafts.get(key) ?? "";
    this.field.addEventListener("input", () => {
      drafts.set(key, this.field.value.trim() ? this.field.value : null);
      this.grow();
    });
    place.replaceWith(this.field);
    this.grow();
    addEventListener("resize", () => this.grow());
  }

  get source() {
    return this.field.value.trim() ? this.field.value : ASKED;
  }

  set source(text) {
    this.field.value = text.trim() === ASKED ? "" : text;
    this.field.dispatchEvent(new Event("input"));
  }

  /** As high as what is written: a field that scrolls hides half an answer, on paper for good. */
  grow() {
    this.field.style.height = "";
    const rim = this.field.offsetHeight - this.field.clientHeight;
    if (this.field.scrollHeight > this.field.clientHeight) this.field.style.height = `${this.field.scrollHeight + rim}px`;
  }
}

/** The answers in words that the page asks for. */
export function answers(drafts) {
  const places = [...document.querySelectorAll("article p")].filter((one) => one.textContent.trim() === ASKED);
  return places.map((place, number) => new Answer(place, number, drafts));
}
