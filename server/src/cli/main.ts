/** The command line: what the editor shows, for terminals and for programs. */
import { type Locale, localeOf, message, render } from '../messages';
import { codeOf, fileError } from '../project/file-error';
import { COMMANDS } from './commands';
import { type Host, OK, UNREADABLE } from './host';
import { COMPLETE, completions } from './words/completions';
import { commandHelp, hintOf, overviewHelp } from './words/help';
import { commandNamed, readWords, type Words } from './words/read-words';
import { WrongCall } from './words/wrong-call';

/**
 * @param words what stands after the program's name
 * @returns the exit code: 1 where `check` finds an error, or `boot` or `verify` a difference; 2 where the call is wrong or
 * there is nothing to read or edit
 */
export async function main(words: readonly string[], host: Host): Promise<number> {
  if (words[0] === COMPLETE) {
    host.out(completions(words.slice(2), COMMANDS, localeOf(host.language)));
    return OK;
  }
  const call = readWords(words, COMMANDS);
  const locale = localeIn(call, host);
  try {
    return await follow(call, locale, host);
  } catch (error) {
    if (!(error instanceof WrongCall)) throw error;
    host.err(`${render(error.text, locale)}\n\n${hintOf(call.command, locale)}`);
    return UNREADABLE;
  }
}

/**
 * Tells that what was to be printed could not be, such as to a file on a full disk.
 *
 * @param error what the file system says
 * @returns the exit code
 */
export function cannotPrint(words: readonly string[], error: unknown, host: Host): number {
  const why = fileError(codeOf(error));
  host.err(render(message('cli.cannot-print', { why }), localeIn(readWords(words, COMMANDS), host)));
  return UNREADABLE;
}

function localeIn({ options }: Words, host: Host): Locale {
  return localeOf(options.get('lang')?.at(-1) ?? host.language);
}

async function follow(call: Words, locale: Locale, host: Host): Promise<number> {
  const { name, operands, options, why } = call;
  if (why) throw new WrongCall(why);
  if (options.has('version')) host.out(host.version);
  else if (name === undefined && options.has('help')) host.out(overviewHelp(COMMANDS, locale));
  else {
    const command = commandNamed(name, COMMANDS);
    if (!options.has('help')) return command.run({ operands, options, locale }, host, COMMANDS);
    host.out(commandHelp(command, locale));
  }
  return OK;
}
