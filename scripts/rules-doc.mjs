/**
 * Writes docs/rules.md from the first comment of each rule's file. `node scripts/rules-doc.mjs --check` writes nothing
 * and ends with 1 where the manual is not what it would be.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/paths.mjs';

const RULES = join(ROOT, 'server/src/memmap/rules');
const MANUAL = join(ROOT, 'docs/rules.md');

const INTRODUCTION = `# Rules

What the extension and \`kexec-mint check\` find, and what to do about it. Each rule's severity can be changed, or the
rule turned off, by its name in the setting \`kexecMint.rules\`.

A finding names the OS nodes it is about. Fixes were evaluated before they are offered: the title says what the region
becomes. A rule that fails by itself is shown as \`internal-error\`; please report it.
`;

/** Files of the rules, in the order in which index.ts lists them. */
function ruleFiles() {
  const index = readFileSync(join(RULES, 'index.ts'), 'utf8');
  const fileOf = new Map(
    [...index.matchAll(/import \{ (\w+) \} from '\.\/([\w-]+)';/g)].map((m) => [m[1], m[2]]),
  );
  const listed = /RULES[^=]*= \[([^\]]*)\]/.exec(index)?.[1] ?? '';
  return [...listed.matchAll(/\w+/g)].map(([name]) => join(RULES, `${fileOf.get(name)}.ts`));
}

function page(file) {
  const source = readFileSync(file, 'utf8');
  const comment = /^\/\*\*\n([\s\S]*?)\n \*\//.exec(source)?.[1];
  const name = /^ {2}name: '([\w-]+)',$/m.exec(source)?.[1];
  const severity = /^ {2}severity: '(\w+)',$/m.exec(source)?.[1];
  if (!comment || !name || !severity) throw new Error(`${file} does not begin with a rule's comment`);
  const text = comment.replace(/^ \* ?/gm, '');
  return { name, severity, text: `## ${name}\n\nSeverity: ${severity}\n\n${text}\n` };
}

const pages = ruleFiles().map(page);
const list = pages.map(({ name, severity }) => `| [${name}](#${name}) | ${severity} |`).join('\n');
const manual = `${INTRODUCTION}\n| rule | severity |\n|---|---|\n${list}\n\n${pages.map(({ text }) => text).join('\n')}`;

if (!process.argv.includes('--check')) writeFileSync(MANUAL, manual);
else if (readFileSync(MANUAL, 'utf8') !== manual) {
  console.error('docs/rules.md is stale: node scripts/rules-doc.mjs');
  process.exitCode = 1;
}
