// Builds the browser bundle into mapper/page/static, or with --tests the tests of its pure parts for Node.
import { build } from "esbuild";
import { minify } from "terser";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.env["MAPPER_BUNDLE"] ?? join(here, "..", "page", "static");
/** Bytes of script and style together at most, Leaflet's included: of the map, which every page carries, and of the review page. */
const BUDGETS = { mapper: 300_000, review: 215_000 };

/**
 * Leaflet's style sheet without rules for browsers of its childhood, and its images, inlined: one size of each, and not
 * the marker, which a script looks for at an address. Of our own, custom properties without blanks: esbuild keeps them.
 */
const images = {
  name: "images",
  setup({ onLoad }) {
    onLoad({ filter: /leaflet\.css$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8")
        .replace(/[^{}]*(?:oldie|vml|retina)[^{}]*\{[^}]*\}/g, "")
        .replace(/\s-(?:moz[\w-]*|ms[\w-]*|webkit-transform|webkit-transition):[^;}]*;/g, "")
        .replace(/cursor:\s*-(?:moz|webkit)[^;]*;/g, "")
        .replace(/pointer-events: visiblePainted;/g, "");
      return { contents, loader: "css" };
    });
    onLoad({ filter: /frontend.*style\.css$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8").replace(/^(\s*--[\w-]+:) (.*)$/gm, (_, name, value) => name + value.replaceAll(", ", ",").replaceAll(") var(", ")var("));
      return { contents, loader: "css" };
    });
    onLoad({ filter: /\.png$/ }, ({ path }) => {
      const contents = path.endsWith("marker-icon.png") ? "" : readFileSync(path.replace("-2x.png", ".png"));
      return { contents, loader: "dataurl" };
    });
  },
};

/**
 * Leaflet as a browser of today may have it: it is written for those that know neither arrow functions nor methods.
 * None of what is made a method is ever called with `new`. What draws in Internet Explorer 8 goes: merely to look for it
 * throws an error, whose stack takes a browser 30 ms to tell; so does what asks for things that all browsers have.
 */
const HAVE = { ielt9: false, msPointer: false, ie3d: false, any3d: true, mobileOpera: false, edge: false, vml: false, pointer: true, passiveEvents: true, canvas: true, svg: true, inlineSvg: true };
const leaflet = {
  name: "leaflet",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^leaflet$/ }, () => ({ path: join(here, "node_modules", "leaflet", "dist", "leaflet-src.js") }));
    onLoad({ filter: /leaflet-src\.js$/ }, async ({ path }) => {
      const compress = { ecma: 2020, passes: 2, unsafe_arrows: true, unsafe_methods: true };
      const source = readFileSync(path, "utf8")
        .replace(/\bBrowser\.(\w+)/g, (whole, name) => HAVE[name] ?? whole)
        .replace(/\bvar (passiveEvents|canvas\$1|inlineSvg|vml) = [^;]*\(function \(\) \{.*?\n  \}(?:\)\(\)|\(\)\));/gs, (_, name) => `var ${name} = ${name !== "vml"};`)
        .replace("vmlCreate = (", "vmlCreate = /*#__PURE__*/ (");
      const { code } = await minify(source, { compress, ecma: 2020 });
      if (code.includes("namespaces.add")) throw new Error("Leaflet's code for Internet Explorer 8 is not where it was");
      return { contents: code, loader: "js" };
    });
  },
};

if (process.argv.includes("--tests")) {
  const folder = join(here, "..", "..", "tests", "frontend");
  rmSync(join(folder, "build"), { recursive: true, force: true });
  await build({
    entryPoints: readdirSync(folder).filter((n) => n.endsWith(".test.ts")).map((n) => join(folder, n)),
    outdir: join(folder, "build"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
} else {
  const shared = {
    bundle: true,
    minify: true,
    charset: "utf8",
    target: ["chrome103", "firefox115", "safari16.4"],
    legalComments: "inline",
    outdir: out,
    logLevel: "warning",
  };
  // The licence asks that its text goes wherever the code goes.
  const licence = readFileSync(join(here, "node_modules", "leaflet", "LICENSE"), "utf8").trim();
  const banner = { js: `/*! Leaflet 1.9.4\n${licence}\n*/` };
  for (const [name, folder] of [["mapper", here], ["review", join(here, "review")]]) {
    const bundle = { ...shared, entryNames: name };
    await build({ ...bundle, plugins: [leaflet], banner, entryPoints: [join(folder, "index.ts")], format: "iife", globalName: "mapper" });
    // What esbuild leaves, terser makes smaller still: by 1,800 bytes.
    const script = join(out, `${name}.js`);
    const { code } = await minify(readFileSync(script, "utf8"), { compress: { ecma: 2020, passes: 2, unsafe: true }, ecma: 2020, format: { comments: /^!/ } });
    writeFileSync(script, code);
    await build({ ...bundle, entryPoints: [join(folder, "style.css")], plugins: [images] });
    const budget = Number(process.env["MAPPER_BUDGET"] ?? BUDGETS[name]);
    const [js, css] = ["js", "css"].map((kind) => statSync(join(out, `${name}.${kind}`)).size);
    console.log(`${name}.js ${js} bytes, ${name}.css ${css} bytes of ${budget}`);
    if (js + css > budget) {
      console.error(`the bundle has ${js + css} bytes, more than the ${budget} allowed: make it smaller or raise BUDGETS in build.mjs`);
      process.exit(1);
    }
  }
}
