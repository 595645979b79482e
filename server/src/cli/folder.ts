/** The folder that a command is about. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { Problem } from '../c/evaluation';
import { type Locale, type Message, message, render } from '../messages';
import { codeOf, fileError } from '../project/file-error';
import { createService, type Service } from '../service/service';
import type { Snapshot } from '../service/snapshot';
import type { Host } from './host';

export interface Folder {
  readonly path: string;
  readonly uri: string;
  readonly service: Service;
  /** At least one of them has a source tree. */
  readonly projects: readonly Snapshot[];
}

/** Evaluates the source trees below the folder, or says why there is nothing to read. */
export async function openFolder(name: string, host: Host, locale: Locale): Promise<Folder | Message> {
  const path = resolve(name);
  const status = await stat(path).catch((error: unknown) => fileError(codeOf(error)));
  if (isMessage(status)) return message('file.unreadable', { file: name, why: status });
  if (!status.isDirectory()) return message('cli.no-such-folder', { folder: name });
  const uri = URI.file(path).toString();
  const folders = () => [uri];
  const log = (error: unknown) => host.err(String(error));
  const told = new Set<string>();
  const unreadable = (file: string, error: string) => {
    const text = render(message('file.unreadable', { file, why: fileError(error) }), locale);
    if (told.size !== told.add(text).size) host.err(text);
  };
  const files = host.files(folders, { endedAfter: () => {}, unreadable });
  const service = createService({ files, parser: await host.parser(), folders, log });
  const { projects } = await service.snapshot();
  return nothingIn(projects, name) ?? { path, uri, service, projects };
}

/** Why there is nothing to tell of the folder; undefined where there is. */
export function nothingIn(projects: readonly Snapshot[], name: string): Message | undefined {
  if (projects.some(isReadable)) return undefined;
  for (const { reason, place } of projects.flatMap(problemsOf)) {
    const { code, args } = reason;
    if (code === 'unreadable-file' && args?.error !== undefined) {
      return message('file.unreadable', { file: URI.parse(place.file).fsPath, why: fileError(args.error) });
    }
  }
  return message('cli.no-tree', { folder: name });
}

function problemsOf({ layout: { nodes } }: Snapshot): readonly Problem[] {
  return nodes.flatMap(({ evaluation }) => evaluation.problems);
}

export function isMessage(answer: object): answer is Message {
  return 'id' in answer;
}

/** Whether there is a source tree with a file that is text. */
function isReadable({ context, document }: Snapshot): boolean {
  return context.project.trees.some((tree) => document(tree.memmapFile) !== undefined);
}
