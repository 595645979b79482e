/** The scripts' texts, from the catalogue that everything else reads too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const tag = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
/** The terminal's language, as far as there is a catalogue for it. */
export const locale = tag.toLowerCase().startsWith('ja') ? 'ja' : 'en';
const texts = JSON.parse(readFileSync(join(ROOT, 'l10n', locale, 'scripts.json'), 'utf8'));

/**
 * The text of `id` in the terminal's language.
 * @param {string} id
 * @param {Record<string, string | number>} [values] for its `{name}` placeholders
 */
export function text(id, values = {}) {
  return texts[id].replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
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
