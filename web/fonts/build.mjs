// Cuts the text face down to what pages in a European language are written with: `npm ci && npm run build` writes
// ../assets/fonts, which holds its licence too.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import subset from "subset-font";

const out = process.argv[2] ?? "../assets/fonts";
const source = "node_modules/@fontsource/literata";
const span = (from, to) => Array.from({ length: to - from + 1 }, (_, k) => String.fromCodePoint(from + k)).join("");
const letters = `${span(0x20, 0x7e)}${span(0xa0, 0xff)}Œœ–—‘’‚“”„…•†′″−←→`;

await mkdir(out, { recursive: true });
for (const cut of ["400-normal", "400-italic", "600-normal"]) {
  const whole = await readFile(`${source}/files/literata-latin-${cut}.woff2`);
  // Without the closure the letters keep their kerning, and none drags in its small capitals and swashes.
  const part = await subset(whole, letters, { targetFormat: "woff2", noLayoutClosure: true });
  await writeFile(`${out}/literata-${cut}.woff2`, part);
}
const licence = await readFile(`${source}/LICENSE`, "utf8");
await writeFile(`${out}/OFL.txt`, `${licence.replace(/[ \t\r]+$/gm, "").trim()}\n`);
