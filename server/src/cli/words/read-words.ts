/** From the words behind the program's name to a command and what it is given. */
import { parseArgs } from 'node:util';
import { type Message, message } from '../../messages';
import type { Command, OptionTable } from './command';
import { nearest } from './nearest';
import { flag, optional } from './options';
import type { Value } from './values';
import { WrongCall } from './wrong-call';

/** Any tag counts, such as that of an editor; one that is not known is English. */
const LANGUAGE: Value<string> = {
  name: 'LANGUAGE',
  choices: ['en', 'ja'],
  files: 'none',
  read: (word) => word,
};

/** What every command takes. */
export const COMMON: OptionTable = {
  lang: optional('cli.option.lang', LANGUAGE),
  help: flag('cli.option.help', 'h'),
};

/** What is asked for without a command. */
export const ALONE: OptionTable = { ...COMMON, version: flag('cli.option.version') };

export interface Words {
  /** The first word that is no option. */
  readonly name: string | undefined;
  readonly command: Command | undefined;
  readonly operands: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** What is wrong with an option. */
  readonly why: Message | undefined;
}

/** An option as it was written. */
interface Written {
  readonly name: string;
  /** `--format` */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Written as `--format=json`. */
  readonly inlineValue?: boolean | undefined;
}

export function readWords(words: readonly string[], commands: readonly Command[]): Words {
  const everyone: OptionTable = Object.assign({}, ...commands.map(({ options }) => options), ALONE);
  const parse = (table: OptionTable) =>
    // Not strict: wrong words are told in the person's language, not in that of Node.
    parseArgs({
      args: [...words],
      options: typesOf(table),
      strict: false,
      allowPositionals: true,
      tokens: true,
    });
  const name = parse(everyone).positionals[0];
  const command = commands.find((each) => each.name === name);
  // A word that is an option of several commands may take a value in one of them alone.
  const { positionals, tokens } = parse({ ...everyone, ...command?.options });
  const written = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  const options = new Map<string, string[]>();
  for (const { name: option, value = '' } of written) {
    options.set(option, [...(options.get(option) ?? []), value]);
  }
  const why = faultIn(written, command, commands);
  return { name, command, operands: positionals.slice(1), options, why };
}

function typesOf(table: OptionTable) {
  return Object.fromEntries(
    Object.entries(table).map(([name, { value, short }]) => {
      const type: 'string' | 'boolean' = value ? 'string' : 'boolean';
      return [name, { type, ...(short === undefined ? {} : { short }) }];
    }),
  );
}

function faultIn(
  written: readonly Written[],
  command: Command | undefined,
  commands: readonly Command[],
): Message | undefined {
  const known: OptionTable = { ...ALONE, ...command?.options };
  for (const { name, rawName, value, inlineValue } of written) {
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!option) return unknownOption(name, rawName, Object.keys(known), command, commands);
    const isNext = !inlineValue && value?.startsWith('--');
    if (option.value && (!value || isNext)) return message('cli.missing-value', { option: rawName });
    if (!option.value && value !== undefined) return message('cli.surplus-value', { option: rawName, value });
  }
  return undefined;
}

function unknownOption(
  name: string,
  option: string,
  known: readonly string[],
  command: Command | undefined,
  commands: readonly Command[],
): Message {
  const owners = commands.filter(({ options }) => Object.hasOwn(options, name)).map((each) => each.name);
  if (owners.length > 0 && command) {
    return message('cli.option-of', { option, owners: owners.join(', '), command: command.name });
  }
  const hint = nearest(
    option,
    known.map((each) => `--${each}`),
  );
  return message('cli.unknown-option', { option, hint });
}

/** @throws {WrongCall} where there is none of that name */
export function commandNamed(name: string | undefined, commands: readonly Command[]): Command {
  const names = commands.map((each) => each.name);
  if (name === undefined) throw new WrongCall(message('cli.no-command', { commands: names.join(', ') }));
  const found = commands.find((each) => each.name === name);
  if (found) return found;
  throw new WrongCall(
    message('cli.unknown-command', { command: name, hint: nearest(name, names), commands: names.join(', ') }),
  );
}
