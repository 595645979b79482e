/** The manual of the command line, docs/cli.md, made of what commands declare. */
import { type Locale, type Message, message, render } from '../../messages';
import type { Command, OptionTable } from './command';
import { optionWords, PROGRAM, summaryOf } from './help';
import { ALONE } from './read-words';

/** How it comes to a machine. */
const INSTALLED = { examples: ['npm install ./kexec-mint-*.tgz', 'npx kexec-mint map ~/mint'] };

export function manualPage(commands: readonly Command[], locale: Locale): string {
  const say = (text: Message) => render(text, locale);
  const list = commands.map(({ name, summary }) => [`[${name}](#${name})`, say(message(summary))]);
  return `${[
    `# ${say(message('cli.manual.title'))}`,
    say(message('cli.manual.languages')),
    say(message('cli.manual.introduction')),
    codeBlock(INSTALLED.examples),
    say(message('cli.manual.common')),
    table(['cli.manual.command', 'cli.manual.meaning'], list, say),
    optionTable(ALONE, say),
    ...commands.flatMap((command) => section(command, say)),
  ].join('\n\n')}\n`;
}

function section(command: Command, say: (text: Message) => string): readonly string[] {
  const { name, description, operand, options, examples, exits } = command;
  const rows = Object.keys(options).length > 0 || operand;
  const own: OptionTable = operand ? { '': operand, ...options } : options;
  return [
    `## ${name}`,
    ...say(message(description)).split('\n\n').map(asMarkdown),
    codeBlock(examples.map((example) => `${PROGRAM} ${example}`)),
    ...(rows ? [optionTable(own, say)] : []),
    `${say(message('cli.help.exit-code'))} ${say(message(exits))}`,
  ];
}

function codeBlock(lines: readonly string[]): string {
  return ['```', ...lines, '```'].join('\n');
}

function optionTable(options: OptionTable, say: (text: Message) => string): string {
  const rows = Object.entries(options).map(([name, option]) => [
    `\`${(name === '' ? (option.value?.name ?? '') : optionWords(name, option)).replaceAll('|', '\\|')}\``,
    summaryOf(option, say),
  ]);
  return table(['cli.manual.option', 'cli.manual.meaning'], rows, say);
}

function table(
  head: readonly ('cli.manual.command' | 'cli.manual.option' | 'cli.manual.meaning')[],
  rows: readonly (readonly string[])[],
  say: (text: Message) => string,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head.map((id) => say(message(id)))), '|---|---|', ...rows.map(line)].join('\n');
}

/** A paragraph, or lines of a terminal; pages of the manual are linked. */
function asMarkdown(paragraph: string): string {
  if (paragraph.startsWith('  ')) return codeBlock([paragraph.replace(/^ {2}/gm, '')]);
  return paragraph.replace(/docs\/([\w.-]+\.md)/g, '[docs/$1]($1)');
}
