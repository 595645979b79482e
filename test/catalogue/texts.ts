/** The files of texts, and how they are held against each other and against the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeStrings } from './code';

/** Texts by id. */
export type Texts = Readonly<Record<string, string>>;

/** Made into pages by a script, not shown by code: `scripts/rules-doc.mjs` says what they hold. */
export const OF_PAGES = 'rule-docs.json';

/** The texts of one language by file. */
export function catalogueOf(locale: 'en' | 'ja'): ReadonlyMap<string, Texts> {
  const folder = join('l10n', locale);
  const names = readdirSync(folder).filter((name) => name !== OF_PAGES);
  return new Map(names.sort().map((name) => [name, textsOf(join(folder, name))]));
}

export function textsOf(file: string): Texts {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Names in braces, sorted, each as often as it stands there. */
export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
}

/**
 * Ids that no code names. An id put together from a template counts as named where some literal of the code fits the
 * gap: TypeScript has checked which ids the template can make, so only one whose part nobody writes is left over.
 */
export function unusedIds(ids: Iterable<string>, { literals, templates }: CodeStrings): readonly string[] {
  const isBuilt = (id: string) =>
    templates.some(([before = '', ...rest]) => {
      const after = rest.at(-1) ?? '';
      if (rest.length !== 1 || before === '' || !id.startsWith(before) || !id.endsWith(after)) return false;
      return literals.has(id.slice(before.length, id.length - after.length));
    });
  return [...ids].filter((id) => !literals.has(id) && !isBuilt(id));
}

/** Filled in when findings are put together: which OS nodes one is about. */
const FILLED_LATER: readonly [ids: string, placeholder: string] = ['rule.', 'nodes'];

/** Calls that name no text, or hand over no value for a placeholder of theirs. */
export function faultyCalls({ calls }: CodeStrings, texts: Texts): readonly string[] {
  return calls.flatMap(({ file, id, values }) => {
    const text = texts[id];
    if (text === undefined) return [`${file}: there is no ${id}`];
    const later = id.startsWith(FILLED_LATER[0]) ? FILLED_LATER[1] : undefined;
    const left = placeholders(text).filter((name) => name !== later && values && !values.includes(name));
    return left.map((name) => `${file}: ${id} is given no ${name}`);
  });
}
