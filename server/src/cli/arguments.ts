/** The command line's words: `map DIR --format json`. */
import { parseArgs } from 'node:util';
import { type Locale, localeOf, type Message, message } from '../messages';

export type Format = 'text' | 'json';

export type Call =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'map' | 'check'; readonly folder: string; readonly format: Format }
  | { readonly kind: 'wrong'; readonly why: Message };

export interface Arguments {
  readonly call: Call;
  readonly locale: Locale;
}

const OPTIONS = {
  format: { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/**
 * @param words what stands after the program's name
 * @param language of the environment, such as `ja_JP.UTF-8`; `--lang` goes before it
 */
export function readArguments(words: readonly string[], language: string | undefined): Arguments {
  // Not strict: wrong words are told in the person's language, not in that of Node.
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const lang = typeof values.lang === 'string' ? values.lang : language;
  const options = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  const unknown = options.find(({ name }) => !Object.hasOwn(OPTIONS, name));
  const bare = options.find(({ name, value }) => (name === 'format' || name === 'lang') && !value);
  const why = unknown
    ? message('cli.unknown-option', { option: unknown.rawName })
    : bare && message('cli.missing-value', { option: bare.rawName });
  const call: Call = why
    ? { kind: 'wrong', why }
    : values.help === true
      ? { kind: 'help' }
      : values.version === true
        ? { kind: 'version' }
        : callOf(positionals, values.format);
  return { call, locale: localeOf(lang) };
}

function callOf(positionals: readonly string[], format: unknown = 'text'): Call {
  const [command, folder, surplus] = positionals;
  if (command === undefined) return { kind: 'wrong', why: message('cli.no-command') };
  if (command !== 'map' && command !== 'check') {
    return { kind: 'wrong', why: message('cli.unknown-command', { command }) };
  }
  if (folder === undefined) return { kind: 'wrong', why: message('cli.no-folder', { command }) };
  if (surplus !== undefined) return { kind: 'wrong', why: message('cli.surplus', { word: surplus }) };
  if (format !== 'text' && format !== 'json') {
    return { kind: 'wrong', why: message('cli.unknown-format', { format: String(format) }) };
  }
  return { kind: command, folder, format };
}
