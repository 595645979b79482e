/** A command as it is declared: its words, what a person is told of them, and what it does. */
import { type Locale, type MessageId, message } from '../../messages';
import type { Host } from '../host';
import type { Option } from './options';
import { WrongCall } from './wrong-call';

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** What a call of the command says. */
export interface Call<Operand, Options> {
  /** The word that stands alone. */
  readonly operand: Operand;
  readonly options: { readonly [Name in keyof Options]: Options[Name] extends Option<infer T> ? T : never };
  readonly locale: Locale;
}

interface Description {
  readonly name: string;
  /** In a few words, for the list of commands. */
  readonly summary: MessageId;
  /** What it does, for somebody who has not used it. */
  readonly description: MessageId;
  /** Words behind the program's name. */
  readonly examples: readonly string[];
  /** What its exit code says. */
  readonly exits: MessageId;
}

interface Declaration<Operand, Options extends OptionTable> extends Description {
  readonly operand?: Option<Operand>;
  readonly options: Options;
  /** @returns the exit code */
  run(call: Call<Operand, Options>, host: Host, commands: readonly Command[]): Promise<number>;
}

/** The words of a call, not yet understood. */
export interface Given {
  readonly operands: readonly string[];
  /** What stands behind each option, by its name without dashes; an empty word for one that takes none. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly locale: Locale;
}

export interface Command extends Description {
  readonly operand?: Option<unknown>;
  readonly options: OptionTable;
  /** @throws {WrongCall} before anything is done */
  run(given: Given, host: Host, commands: readonly Command[]): Promise<number>;
}

/** Gives a declaration its values by type. */
export function command<Options extends OptionTable, Operand = undefined>(
  declaration: Declaration<Operand, Options>,
): Command {
  return {
    ...declaration,
    run: (given, host, commands) => declaration.run(callOf(declaration, given), host, commands),
  };
}

function callOf<Operand, Options extends OptionTable>(
  { operand, options, name }: Declaration<Operand, Options>,
  given: Given,
): Call<Operand, Options> {
  const surplus = given.operands[operand ? 1 : 0];
  if (surplus !== undefined) throw new WrongCall(message('cli.surplus', { command: name, word: surplus }));
  const values = Object.entries(options).map(([option, declared]) => [
    option,
    declared.take(given.options.get(option) ?? [], { command: name, option: `--${option}` }),
  ]);
  return {
    operand: operand?.take(given.operands, { command: name, option: '' }) as Operand,
    // The compiler does not relate an entry to its key.
    options: Object.fromEntries(values) as Call<Operand, Options>['options'],
    locale: given.locale,
  };
}
