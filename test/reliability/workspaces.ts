/** Workspaces to damage: the samples as they stand, and files of kexec-tools in their place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CParser } from '../../server/src/c/parser';
import { createService, type Service } from '../../server/src/service/service';
import { FOLDER, type MemoryFiles } from '../service/memory-files';

const SAMPLES = join(import.meta.dirname, '../../samples');

/** Path and text of each file of a sample. */
export function sampleFiles(name: string): ReadonlyMap<string, string> {
  return filesBelow(join(SAMPLES, name), () => true);
}

/** Path and text of each file below a folder whose path is wanted. */
export function filesBelow(folder: string, isWanted: (path: string) => boolean): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    files
      .filter((file) => isWanted(relative(folder, file)))
      .sort()
      .map((file) => [relative(folder, file), readFileSync(file, 'latin1')]),
  );
}

/** A service whose exceptions, which it survives, end the test. */
export function strictService(
  files: MemoryFiles,
  parser: CParser,
  folders: () => readonly string[] = () => [FOLDER],
): { readonly service: Service; readonly survived: readonly unknown[] } {
  const survived: unknown[] = [];
  return {
    service: createService({ files, parser, folders, log: (error) => survived.push(error) }),
    survived,
  };
}

/** As editors identify it. */
export function languageOf(path: string): string {
  return path.endsWith('.json') ? 'jsonc' : path.endsWith('.iomem') ? 'iomem' : 'c';
}
