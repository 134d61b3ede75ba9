// Bundles the editor: `npm ci && npm run build` writes ../editor.mjs and the licences of what is in it.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";

const out = process.argv[2] ?? "..";
const { metafile } = await build({
  entryPoints: ["editor.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  metafile: true,
  outfile: `${out}/editor.mjs`,
});
const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
);
const texts = [];
for (const name of [...packages].sort()) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file || !existsSync(`${folder}/${file}`)) throw new Error(`${name} carries no licence`);
  texts.push(`${name} ${version} (${license})\n\n${(await readFile(`${folder}/${file}`, "utf8")).trim()}\n`);
}
await writeFile(`${out}/editor.licences.txt`, texts.join(`\n${"-".repeat(80)}\n\n`));
