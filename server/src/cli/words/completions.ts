/** What a shell offers while a call is typed; `shell-scripts.ts` asks. */
import { type Locale, type Message, message, render } from '../../messages';
import type { Command, OptionTable } from './command';
import { summaryOf } from './help';
import { COMMON } from './read-words';
import type { Value } from './values';

/** What the scripts run, with the words so far behind `--`; the last one is being typed. */
export const COMPLETE = 'complete';

/** What the shell does beside offering the candidates: it offers files, nothing, or folders. */
const FILES = 0;
const NOTHING = 4;
const FOLDERS = 16;

interface Candidate {
  readonly word: string;
  readonly summary: string;
}

/** A line for each candidate, and one for what else the shell is to do. */
export function completions(words: readonly string[], commands: readonly Command[], locale: Locale): string {
  const say = (text: Message) => render(text, locale);
  const typed = words.at(-1) ?? '';
  const lines = (candidates: readonly Candidate[], otherwise: number) => {
    const fitting = candidates.filter(({ word }) => word.startsWith(typed));
    return [...fitting.map(({ word, summary }) => `${word}\t${summary}`), `:${otherwise}`].join('\n');
  };
  const [name, ...rest] = words;
  const command = commands.find((each) => each.name === name);
  if (!command || words.length === 1) {
    return lines(
      commands.map((each) => ({ word: each.name, summary: say(message(each.summary)) })),
      NOTHING,
    );
  }
  const options: OptionTable = { ...command.options, ...COMMON };
  const ofValue = (value: Value<unknown>) =>
    lines(
      value.choices.map((word) => ({ word, summary: '' })),
      value.files === 'folder' ? FOLDERS : value.files === 'file' ? FILES : NOTHING,
    );
  const before = rest.at(-2) ?? '';
  const value = before.startsWith('--') ? options[before.slice(2)]?.value : undefined;
  if (value) return ofValue(value);
  if (typed.startsWith('-')) {
    const all = Object.entries(options);
    return lines(
      all.map(([option, declared]) => ({ word: `--${option}`, summary: summaryOf(declared, say) })),
      NOTHING,
    );
  }
  return command.operand?.value ? ofValue(command.operand.value) : lines([], NOTHING);
}
