/** The scripts' texts, from the catalogue that everything else reads too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const tag = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
/** The terminal's language, as far as there is a catalogue for it. */
export const locale = tag.toLowerCase().startsWith('ja') ? 'ja' : 'en';
const catalogue = (language) =>
  JSON.parse(readFileSync(join(ROOT, 'l10n', language, 'scripts.json'), 'utf8'));
const texts = { en: catalogue('en'), ja: catalogue('ja') };

/**
 * The text of `id`.
 * @param {string} id
 * @param {Record<string, string | number>} [values] for its `{name}` placeholders
 * @param {'en' | 'ja'} [language] the terminal's where it is not given
 */
export function text(id, values = {}, language = locale) {
  return texts[language][id].replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}

/** An end that the person can do something about: printed without a stack. */
export class Stop extends Error {
  /**
   * @param {string} id of the message
   * @param {Record<string, string | number>} [values]
   */
  constructor(id, values) {
    super(text(id, values));
  }
}

/** Runs a script's main function; a {@link Stop} ends it with its message and exit code 1. */
export async function main(action) {
  try {
    process.exitCode = (await action()) ?? process.exitCode;
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
