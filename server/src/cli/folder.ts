/** The folder that a command is about. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { type Message, message } from '../messages';
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
export async function openFolder(name: string, host: Host): Promise<Folder | Message> {
  const path = resolve(name);
  const status = await stat(path).catch(() => undefined);
  if (!status?.isDirectory()) return message('cli.no-such-folder', { folder: name });
  const uri = URI.file(path).toString();
  const folders = () => [uri];
  const log = (error: unknown) => host.err(String(error));
  const service = createService({ files: host.files(folders), parser: await host.parser(), folders, log });
  const { projects } = await service.snapshot();
  if (!projects.some(isReadable)) return message('cli.no-tree', { folder: name });
  return { path, uri, service, projects };
}

export function isMessage(answer: object): answer is Message {
  return 'id' in answer;
}

/** Whether there is a source tree with a file that is text. */
function isReadable({ context, document }: Snapshot): boolean {
  return context.project.trees.some((tree) => document(tree.memmapFile) !== undefined);
}
