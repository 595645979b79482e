/** The command line: what the editor shows, for terminals and for programs. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { CParser } from '../c/parser';
import { type Locale, message, render } from '../messages';
import type { FileAccess } from '../project/files';
import { createService } from '../service/service';
import type { Snapshot } from '../service/snapshot';
import { type Call, readArguments } from './arguments';
import { jsonReport } from './json-report';
import { pathsBelow } from './paths';
import { checkText, mapText } from './text-report';

/** What the process gives. */
export interface Host {
  files(folders: () => readonly string[]): FileAccess;
  parser(): Promise<CParser>;
  /** Of the environment, such as `ja_JP.UTF-8`. */
  readonly language: string | undefined;
  readonly version: string;
  out(text: string): void;
  err(text: string): void;
}

const OK = 0;
const HAS_ERRORS = 1;
const UNREADABLE = 2;

/** @returns the exit code: 1 where `check` finds an error, 2 where the call is wrong or there is nothing to read */
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
    default:
      return report(call, locale, host);
  }
}

async function report(call: Call & { kind: 'map' | 'check' }, locale: Locale, host: Host): Promise<number> {
  const path = resolve(call.folder);
  const status = await stat(path).catch(() => undefined);
  if (!status?.isDirectory()) {
    host.err(render(message('cli.no-such-folder', { folder: call.folder }), locale));
    return UNREADABLE;
  }
  const folder = URI.file(path).toString();
  const folders = () => [folder];
  const log = (error: unknown) => host.err(String(error));
  const service = createService({ files: host.files(folders), parser: await host.parser(), folders, log });
  const { projects } = await service.snapshot();
  if (!projects.some(isReadable)) {
    host.err(render(message('cli.no-tree', { folder: call.folder }), locale));
    return UNREADABLE;
  }
  const wordings = projects.map((snapshot) => ({ snapshot, paths: pathsBelow(folder, snapshot), locale }));
  if (call.format === 'json') host.out(JSON.stringify(jsonReport(wordings), undefined, 2));
  else host.out((call.kind === 'map' ? mapText : checkText)(wordings));
  const failed = projects.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
  return call.kind === 'check' && failed ? HAS_ERRORS : OK;
}

/** Whether there is a source tree with a file that is text. */
function isReadable({ context, document }: Snapshot): boolean {
  return context.project.trees.some((tree) => document(tree.memmapFile) !== undefined);
}
