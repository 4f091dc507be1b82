// Bundles every src/<name>/main.js and main.css into the desk's static folder, and the icons into one sprite.
// Run by the build hook of the Python package and by hand: `node build.mjs [--force] [--sizes]`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "desmigratif", "desk", "static", "dist");
const fresh = join(here, "node_modules", ".dist"); // a failed build must not take the last good one away
const stamp = join(out, "built.txt");
const [force, sizes] = ["--force", "--sizes"].map((flag) => process.argv.includes(flag));

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

// Line endings must not count, or a checkout on Windows would look changed.
function hashOfSources() {
  const hash = createHash("sha256");
  const tops = ["build.mjs", "icons.txt", "package-lock.json"].map((name) => join(here, name));
  for (const file of [...tops, ...filesBelow(join(here, "icons")), ...filesBelow(join(here, "src"))]) {
    hash.update(relative(here, file).replaceAll("\\", "/") + "\n");
    hash.update(readFileSync(file, "utf8").replaceAll("\r\n", "\n"));
  }
  return hash.digest("hex");
}

function entryPoints() {
  const found = {};
  for (const entry of readdirSync(join(here, "src"), { withFileTypes: true })) {
    for (const kind of ["js", "css"]) {
      const file = join(here, "src", entry.name, `main.${kind}`);
      if (entry.isDirectory() && existsSync(file)) found[`${entry.name}.${kind}`] = file;
    }
  }
  return found;
}

function symbolOf(name, file) {
  const svg = readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/g, "");
  const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const shapes = inside.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

function iconSprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\r?\n/).map((line) => line.trim());
  const wanted = names.filter((line) => line && !line.startsWith("#"));
  const folder = join(here, "node_modules", "@tabler", "icons", "icons", "outline");
  const missing = wanted.filter((name) => !existsSync(join(folder, `${name}.svg`)));
  if (missing.length) throw new Error(`icons.txt names icons that the set does not hold: ${missing.join(", ")}`);
  const own = filesBelow(join(here, "icons")).map((file) => symbolOf(file.match(/([\w-]+)\.svg$/)[1], file));
  const set = [...new Set(wanted)].map((name) => symbolOf(name, join(folder, `${name}.svg`)));
  const licence = "<!-- Tabler Icons, MIT License, Copyright (c) Paweł Kuna; and our own mark -->";
  return `<svg xmlns="http://www.w3.org/2000/svg">${licence}${own.join("")}${set.join("")}</svg>\n`;
}

async function bundle(entries) {
  for (const [name, file] of Object.entries(entries)) {
    await build({
      entryPoints: [file],
      outfile: join(fresh, name),
      bundle: true,
      minify: true,
      format: "esm",
      target: ["chrome89", "firefox89", "safari15"], // cheap phones keep old browsers
      legalComments: "eof",
      charset: "utf8",
      logLevel: "warning",
    });
  }
}

function printSizes() {
  for (const file of filesBelow(out).filter((name) => /\.(js|css|svg)$/.test(name))) {
    const bytes = readFileSync(file);
    const gz = gzipSync(bytes, { level: 9 }).length;
    console.log(`${relative(out, file).padEnd(16)} ${String(bytes.length).padStart(8)} B  ${String(gz).padStart(7)} B gz`);
  }
}

const hash = hashOfSources();
const isFresh = existsSync(stamp) && readFileSync(stamp, "utf8").trim() === hash;
if (!isFresh || force) {
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, "icons.svg"), iconSprite());
  await bundle(entryPoints());
  writeFileSync(join(fresh, "built.txt"), hash + "\n"); // last: its presence says that all the rest is there
  rmSync(out, { recursive: true, force: true });
  renameSync(fresh, out);
}
if (sizes || !isFresh) printSizes();
