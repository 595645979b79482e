/** The manual page kexec-mint(1), made of what commands declare, in the macros of man(7). */
import { type Locale, type Message, message, render } from '../../messages';
import type { Command, OptionTable } from './command';
import { optionWords, PROGRAM, summaryOf, synopsisOf } from './help';
import { ALONE } from './read-words';

export function manPage(commands: readonly Command[], version: string, locale: Locale): string {
  const say = (text: Message) => render(text, locale);
  const heading = (id: 'name' | 'synopsis' | 'description' | 'commands' | 'options' | 'exit-status') =>
    `.SH ${escaped(say(message(`cli.man.${id}`)))}`;
  const lines = [
    ...(locale === 'ja' ? [`.mso ${locale}.tmac`] : []),
    `.TH ${escaped(PROGRAM.toUpperCase())} 1 "" "${escaped(`${PROGRAM} ${version}`)}"`,
    // Lines of Japanese have no spaces that could be made wider.
    ...(locale === 'ja' ? ['.ad l'] : []),
    heading('name'),
    `${escaped(PROGRAM)} \\- ${escaped(say(message('cli.man.summary')))}`,
    heading('synopsis'),
    ...commands.flatMap((command, index) => [
      ...(index > 0 ? ['.br'] : []),
      `.B ${escaped(PROGRAM)} ${escaped(synopsisOf(command, locale))}`,
    ]),
    heading('description'),
    ...paragraphs(say(message('cli.help.program'))),
    heading('commands'),
    ...commands.flatMap((command) => commandLines(command, say, locale)),
    heading('options'),
    ...optionLines(ALONE, say),
    heading('exit-status'),
    ...commands.flatMap(({ name, exits }) => tagged(name, say(message(exits)))),
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines(command: Command, say: (text: Message) => string, locale: Locale): readonly string[] {
  const { description, operand, options, examples } = command;
  return [
    `.SS ${escaped(synopsisOf(command, locale))}`,
    ...paragraphs(say(message(description))),
    ...(operand ? tagged(operand.value?.name ?? '', summaryOf(operand, say)) : []),
    ...optionLines(options, say),
    '.PP',
    escaped(say(message('cli.help.examples'))),
    '.PP',
    '.nf',
    '.RS 4',
    ...examples.map((example) => escaped(`${PROGRAM} ${example}`)),
    '.RE',
    '.fi',
  ];
}

function optionLines(options: OptionTable, say: (text: Message) => string): readonly string[] {
  return Object.entries(options).flatMap(([name, option]) =>
    tagged(optionWords(name, option), summaryOf(option, say)),
  );
}

function tagged(tag: string, text: string): readonly string[] {
  return ['.TP', `.B ${escaped(tag)}`, escaped(text)];
}

/** Lines that are indented stay as they are. */
function paragraphs(text: string): readonly string[] {
  return text.split('\n\n').flatMap((paragraph) => {
    if (!paragraph.startsWith(' ')) return ['.PP', ...paragraph.split('\n').map(escaped)];
    return [
      '.PP',
      '.nf',
      '.RS 4',
      ...paragraph.split('\n').map((line) => escaped(line.trim())),
      '.RE',
      '.fi',
    ];
  });
}

/** Text that is no request of roff: its dashes are those that a person types. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');
}
