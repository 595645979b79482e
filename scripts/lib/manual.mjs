/** The manual of the rules: its English is the first comment of each rule's file, its Japanese the catalogue's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const RULES = join(ROOT, 'server/src/memmap/rules');

/** A page's name by language. */
export const PAGES = { en: 'rules.md', ja: 'rules.ja.md' };

/**
 * @typedef {object} RulePage
 * @property {string} name
 * @property {string} severity
 * @property {string} text the comment, as Markdown
 */

/** @returns {readonly RulePage[]} in the order in which index.ts lists the rules */
export function rulePages() {
  const index = readFileSync(join(RULES, 'index.ts'), 'utf8');
  const fileOf = new Map(
    [...index.matchAll(/import \{ (\w+) \} from '\.\/([\w-]+)';/g)].map((m) => [m[1], m[2]]),
  );
  const listed = /RULES[^=]*= \[([^\]]*)\]/.exec(index)?.[1] ?? '';
  return [...listed.matchAll(/\w+/g)].map(([name]) => rulePage(join(RULES, `${fileOf.get(name)}.ts`)));
}

function rulePage(file) {
  const source = readFileSync(file, 'utf8');
  const comment = /^\/\*\*\n([\s\S]*?)\n \*\//.exec(source)?.[1];
  const name = /^ {2}name: '([\w-]+)',$/m.exec(source)?.[1];
  const severity = /^ {2}severity: '(\w+)',$/m.exec(source)?.[1];
  if (!comment || !name || !severity) throw new Error(`${file} does not begin with a rule's comment`);
  return { name, severity, text: comment.replace(/^ \* ?/gm, '') };
}

/** The manual in one language. `faults` names sentences without a translation, and translations without a sentence. */
export function manual(locale) {
  const { page, rules = {} } = catalogue(locale, 'rule-docs.json');
  const severities = catalogue(locale, 'cli.json');
  const pages = rulePages();
  const names = new Set(pages.map(({ name }) => name));
  const faults = Object.keys(rules).filter((name) => !names.has(name));
  const sections = pages.map(({ name, severity, text }) => {
    const own = locale === 'en' ? { text, faults: [] } : translated(text, rules[name] ?? {});
    faults.push(...own.faults.map((fault) => `${name}: ${fault}`));
    return `## ${name}\n\n${page.severity}: ${severities[`cli.${severity}`]}\n\n${own.text}\n`;
  });
  const list = pages.map(
    ({ name, severity }) => `| [${name}](#${name}) | ${severities[`cli.${severity}`]} |\n`,
  );
  const head = `# ${page.title}\n\n${page.languages}\n\n${page.introduction.join('\n\n')}\n`;
  const table = `| ${page.head.join(' | ')} |\n|---|---|\n${list.join('')}`;
  return { text: [head, table, ...sections].join('\n'), faults };
}

function catalogue(locale, file) {
  return JSON.parse(readFileSync(join(ROOT, 'l10n', locale, file), 'utf8'));
}

/**
 * A comment in another language.
 * @param {string} text
 * @param {Record<string, string>} texts translations by what they translate
 */
export function translated(text, texts) {
  const left = new Set(Object.keys(texts));
  const faults = [];
  const say = (sentence) => {
    left.delete(sentence);
    if (Object.hasOwn(texts, sentence)) return texts[sentence];
    faults.push(`not translated: ${sentence}`);
    return sentence;
  };
  const lines = pieces(text).map((parts) =>
    parts.map((part) => (typeof part === 'string' ? part : say(part.say))).join(''),
  );
  faults.push(...[...left].map((sentence) => `translates nothing: ${sentence}`));
  return { text: lines.join('\n'), faults };
}

/** What is read, apart from what stays: a paragraph is one piece, and so are a row of a table and a comment in code. */
function pieces(text) {
  const found = [];
  let paragraph = [];
  let isCode = false;
  const end = () => {
    if (paragraph.length > 0) found.push([{ say: paragraph.join(' ') }]);
    paragraph = [];
  };
  for (const line of text.split('\n')) {
    const isFence = line.startsWith('```');
    if (isFence || isCode || line === '' || line.startsWith('|')) end();
    if (isFence) isCode = !isCode;
    if (isFence || line === '' || /^[|-]+$/.test(line)) found.push([line]);
    else if (isCode) found.push(codeLine(line));
    else if (line.startsWith('|')) found.push([{ say: line }]);
    else paragraph.push(line);
  }
  end();
  return found;
}

/** A comment without words, such as an address, stays. */
function codeLine(line) {
  const [, code, comment] = /^(.*?\/\/ )(.*)$/.exec(line) ?? [];
  return comment && /\b[a-z]{4,}\b/i.test(comment) ? [code, { say: comment }] : [line];
}
