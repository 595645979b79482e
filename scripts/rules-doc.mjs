/**
 * Writes the manual of the rules, docs/rules.md and docs/rules.ja.md. `node scripts/rules-doc.mjs --check` writes
 * nothing and ends with 1 where a page is not what it would be, or a sentence has no translation.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manual, PAGES } from './lib/manual.mjs';
import { ROOT } from './lib/paths.mjs';

const isCheck = process.argv.includes('--check');

for (const [locale, name] of Object.entries(PAGES)) {
  const file = join(ROOT, 'docs', name);
  const { text, faults } = manual(locale);
  if (isCheck && readFileSync(file, 'utf8') !== text)
    faults.push(`docs/${name} is stale: node scripts/rules-doc.mjs`);
  if (!isCheck) writeFileSync(file, text);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
