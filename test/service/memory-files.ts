/** A workspace in memory: what the service asks of the world, and counts of what it asked. */
import { createRequire } from 'node:module';
import { type CParser, createParser } from '../../server/src/c/parser';
import type { FileAccess, ReadOptions } from '../../server/src/project/files';
import { matchesGlob } from '../../server/src/project/glob';

/** URI of the workspace folder. */
export const FOLDER = 'file:///workspace';

export const uriOf = (path: string) => `${FOLDER}/${path}`;

const { resolve } = createRequire(import.meta.url);

export function realParser(): Promise<CParser> {
  return createParser({ language: resolve('tree-sitter-c/tree-sitter-c.wasm') });
}

/** As a disk's files have. */
const DEFAULT_LIMIT = 8 * 1024 * 1024;

export class MemoryFiles implements FileAccess {
  /** How often each file was read. */
  readonly reads = new Map<string, number>();
  searches = 0;
  private readonly files = new Map<string, Uint8Array>();
  /** While set, reads wait for it. */
  gate: Promise<void> | undefined;

  /** @param folders URIs of those that are searched */
  constructor(
    texts: Iterable<readonly [string, string]>,
    private readonly folders: () => readonly string[] = () => [FOLDER],
  ) {
    for (const [path, text] of texts) this.write(path, text);
  }

  write(path: string, content: string | Uint8Array): void {
    this.files.set(uriOf(path), typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }

  remove(path: string): void {
    const uri = uriOf(path);
    for (const file of this.files.keys()) {
      if (file === uri || file.startsWith(`${uri}/`)) this.files.delete(file);
    }
  }

  async read(uri: string, { limit = DEFAULT_LIMIT }: ReadOptions = {}): Promise<Uint8Array | undefined> {
    this.reads.set(uri, (this.reads.get(uri) ?? 0) + 1);
    const bytes = this.files.get(uri);
    await this.gate;
    return bytes && bytes.length <= limit ? bytes : undefined;
  }

  async find(globs: readonly string[]): Promise<readonly string[]> {
    this.searches++;
    const found = this.folders().flatMap((folder) => this.below(folder, globs));
    return [...new Set(found)].sort();
  }

  private below(folder: string, globs: readonly string[]): readonly string[] {
    const files = [...this.files.keys()].filter((uri) => uri.startsWith(`${folder}/`));
    return files.filter((uri) => globs.some((glob) => matchesGlob(glob, uri.slice(folder.length + 1))));
  }
}
