/** What `--help` says, made of what commands declare. */
import { type Locale, type Message, message, render } from '../../messages';
import { alignedRows } from '../../picture/text-table';
import type { Command, OptionTable } from './command';
import type { Option } from './options';
import { ALONE, COMMON } from './read-words';

export const PROGRAM = 'kexec-mint';

/** All commands, and what is told of each. */
export function overviewHelp(commands: readonly Command[], locale: Locale): string {
  const say = (text: Message) => render(text, locale);
  return [
    `${say(message('cli.help.usage'))} ${PROGRAM} ${say(message('cli.help.command'))} …`,
    '',
    say(message('cli.help.program')),
    '',
    say(message('cli.help.commands')),
    ...indented(commands.map(({ name, summary }) => [name, say(message(summary))])),
    '',
    ...optionLines(ALONE, say),
    '',
    say(message('cli.help.more', { program: PROGRAM })),
  ].join('\n');
}

/** One command: its words, what they mean, examples, exit codes. */
export function commandHelp(command: Command, locale: Locale): string {
  const say = (text: Message) => render(text, locale);
  const { description, operand, options, examples, exits } = command;
  return [
    usageOf(command, locale),
    '',
    say(message(description)),
    '',
    ...(operand ? [...indented([[operand.value?.name ?? '', summaryOf(operand, say)]]), ''] : []),
    ...optionLines({ ...options, ...COMMON }, say),
    '',
    say(message('cli.help.examples')),
    ...examples.map((example) => `  ${PROGRAM} ${example}`),
    '',
    `${say(message('cli.help.exit-code'))} ${say(message(exits))}`,
  ].join('\n');
}

/** What a wrong call is answered with: how the command is called, and where more is told. */
export function hintOf(command: Command | undefined, locale: Locale): string {
  const call = `${PROGRAM}${command ? ` ${command.name}` : ''} --help`;
  const more = render(message('cli.help.hint', { call }), locale);
  return command ? `${usageOf(command, locale)}\n${more}` : more;
}

/** `Usage: kexec-mint extend [DIR] --node OSID --to ADDRESS [OPTIONS]` */
export function usageOf(command: Command, locale: Locale): string {
  return `${render(message('cli.help.usage'), locale)} ${PROGRAM} ${synopsisOf(command, locale)}`;
}

export function synopsisOf({ name, operand, options }: Command, locale: Locale): string {
  const operandName = operand?.value?.name ?? '';
  const required = Object.entries(options).flatMap(([option, declared]) =>
    declared.isRequired ? [optionWords(option, declared)] : [],
  );
  return [
    name,
    ...(operand ? [operand.isRequired ? operandName : `[${operandName}]`] : []),
    ...required,
    `[${render(message('cli.help.options-word'), locale)}]`,
  ].join(' ');
}

function optionLines(options: OptionTable, say: (text: Message) => string): readonly string[] {
  const rows = Object.entries(options).map(([name, option]) => [
    option.short === undefined ? optionWords(name, option) : `-${option.short}, ${optionWords(name, option)}`,
    summaryOf(option, say),
  ]);
  return [say(message('cli.help.options')), ...indented(rows)];
}

/** `--node OSID` */
export function optionWords(name: string, { value }: Option<unknown>): string {
  return value ? `--${name} ${value.name}` : `--${name}`;
}

/** What it is for, and what counts where it is not there. */
export function summaryOf(
  { summary, byDefault, isRepeatable }: Option<unknown>,
  say: (text: Message) => string,
): string {
  return [
    say(message(summary)),
    ...(isRepeatable ? [say(message('cli.help.repeatable'))] : []),
    ...(byDefault === undefined ? [] : [say(message('cli.help.default', { value: byDefault }))]),
  ].join(' ');
}

function indented(rows: readonly (readonly string[])[]): readonly string[] {
  return alignedRows(rows).map((row) => `  ${row}`);
}
