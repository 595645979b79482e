/** The command line: what the editor shows, for terminals and for programs. */
import { type Locale, message, render } from '../messages';
import { explainOverlaps } from '../service/features/explain-overlaps';
import { type Call, isDrawn, readArguments } from './arguments';
import { boot } from './boot/boot';
import { draw } from './draw';
import { edit } from './edit';
import { isMessage, openFolder } from './folder';
import { HAS_ERRORS, type Host, OK, UNREADABLE } from './host';
import { jsonReport } from './json-report';
import { pathsBelow } from './paths';
import { checkText, mapText } from './text-report';

/** @returns the exit code: 1 where `check` finds an error or `boot` a difference, 2 where the call is wrong or there is nothing to read or edit */
export async function main(words: readonly string[], host: Host): Promise<number> {
  const { call, locale } = readArguments(words, host.language);
  switch (call.kind) {
    case 'help':
      host.out(render(message('cli.help'), locale));
      return OK;
    case 'version':
      host.out(host.version);
      return OK;
    case 'wrong':
      host.err(`${render(call.why, locale)}\n\n${render(message('cli.help'), locale)}`);
      return UNREADABLE;
    case 'extend':
    case 'watch':
      return edit(call, locale, host);
    case 'map':
      return isDrawn(call.format) ? draw(call, call.format, locale, host) : report(call, locale, host);
    case 'boot':
      return boot(call, locale, host);
    default:
      return report(call, locale, host);
  }
}

async function report(
  call: Call & { kind: 'map' | 'check' | 'explain' },
  locale: Locale,
  host: Host,
): Promise<number> {
  const folder = await openFolder(call.folder, host);
  if (isMessage(folder)) {
    host.err(render(folder, locale));
    return UNREADABLE;
  }
  const { uri, projects } = folder;
  const wordings = projects.map((snapshot) => ({ snapshot, paths: pathsBelow(uri, snapshot), locale }));
  if (call.kind === 'explain') {
    host.out(explainOverlaps(projects, locale));
    return OK;
  }
  if (call.format === 'json') host.out(JSON.stringify(jsonReport(wordings), undefined, 2));
  else host.out((call.kind === 'map' ? mapText : checkText)(wordings));
  const failed = projects.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
  return call.kind === 'check' && failed ? HAS_ERRORS : OK;
}
