// The cells' editor: CodeMirror 6 with Python, in the page's own inks.
import { autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const inks = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--cell-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--cell-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--cell-number)" },
  { tag: [tags.comment], color: "var(--cell-comment)", fontStyle: "italic" },
  { tag: [tags.definition(tags.variableName), tags.function(tags.variableName)], color: "var(--cell-name)" },
]);

/** An editor of `source` below `parent`: { source, focus(), mark(line), destroy() }.
 *
 * `run` is called by Shift+Enter, with true, and by Ctrl+Enter (⌘ on a Mac), with false: whether to go on to the next
 * cell. Escape, then Tab, leaves the editor, as the label tells who cannot see it.
 */
export function edit(parent, source, { label, run, changed }) {
  const act = (on) => () => (run(on), true);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: source,
      extensions: [
        keymap.of([
          { key: "Shift-Enter", run: act(true) },
          { key: "Mod-Enter", run: act(false) },
        ]),
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        autocompletion({ activateOnTyping: false, override: [completeAnyWord] }),
        indentUnit.of("    "),
        python(),
        syntaxHighlighting(inks),
        EditorState.tabSize.of(4),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      ],
    }),
  });
  return {
    get source() {
      return view.state.doc.toString();
    },
    set source(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    focus: () => view.focus(),
    mark(line) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: at.from }, scrollIntoView: true });
    },
    destroy: () => view.destroy(),
  };
}
