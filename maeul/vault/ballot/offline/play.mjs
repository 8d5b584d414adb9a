/* Plays the holders' file without a window: its own scripts, taken out of the page, in Node.js.
   For the demo, tests, imports and benches.  One JSON object in, one file of results out. */

import { readFileSync, writeFileSync } from "node:fs";
import vm from "node:vm";

const given = JSON.parse(readFileSync(0, "utf8"));
const page = readFileSync(given.page, "utf8");
const script = (id) => page.split(`<script id="${id}">`)[1].split("</script>")[0];
const { vendored, makeHolders } = vm.runInThisContext(
  `${script("vendored")}\n${script("core")}\n({ vendored, makeHolders })`,
);
await vendored.sodium.ready;
const holders = makeHolders(vendored);
const bytes = (path) => new Uint8Array(readFileSync(path));

const acts = {
  open() {
    const parcel = holders.unpack(bytes(given.parcel));
    const pairs = given.keys.map((key, n) => holders.unlock(bytes(key), given.words[n]));
    return holders.writeResult(holders.openAll({ ...parcel, head: given.head, pairs }));
  },
};

try {
  writeFileSync(given.out, acts[given.act]());
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
