/** What a word of a call stands for: the word behind an option, or one that stands alone. */
import { message } from '../../messages';
import { parseNumber } from '../../project/numbers';
import { nearest } from './nearest';
import { WrongCall } from './wrong-call';

/** Whose word it is. */
export interface Where {
  readonly command: string;
  /** `--node`; empty for a word that stands alone. */
  readonly option: string;
}

export interface Value<T> {
  /** As help writes it: `DIR`, `text|json`. */
  readonly name: string;
  /** All that it can be, where there are few. */
  readonly choices: readonly string[];
  /** What a shell offers for it beside the choices. */
  readonly files: 'file' | 'folder' | 'none';
  /** @throws {WrongCall} where the word is none of these */
  read(word: string, where: Where): T;
}

export const FOLDER = path('DIR', 'folder');
export const FILE = path('FILE', 'file');
/** A name that a person gave to something of theirs. */
export const NAME = path('NAME', 'none');

function path(name: string, files: Value<string>['files']): Value<string> {
  return { name, choices: [], files, read: (word) => word };
}

/**
 * One of a few words.
 *
 * @param former words of earlier versions, which still count
 */
export function oneOf<const Choice extends string>(
  choices: readonly Choice[],
  former: Readonly<Record<string, Choice>> = {},
  name = choices.join('|'),
): Value<Choice> {
  const read = (word: string, { command, option }: Where) => {
    const choice = choices.find((each) => each === word);
    const found = choice ?? (Object.hasOwn(former, word) ? former[word] : undefined);
    if (found !== undefined) return found;
    throw new WrongCall(
      message('cli.unknown-choice', {
        command,
        word: `${option} ${word}`.trim(),
        hint: nearest(word, choices),
        choices: choices.join(', '),
      }),
    );
  };
  return { name, choices, files: 'none', read };
}

export const OSID: Value<number> = {
  name: 'OSID',
  choices: [],
  files: 'none',
  read: (word) => {
    const osid = parseNumber(word);
    if (osid === undefined || osid > 0xffff_ffffn)
      throw new WrongCall(message('cli.no-osid', { text: word }));
    return Number(osid);
  },
};

export const COUNT: Value<number> = {
  name: 'COUNT',
  choices: [],
  files: 'none',
  read: (word, { option }) => {
    if (/^\d{1,9}$/.test(word)) return Number(word);
    throw new WrongCall(message('cli.no-count', { option, word }));
  },
};
