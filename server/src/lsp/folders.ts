/**
 * Where source trees are looked for: in the folders of the workspace. Without any, each open document leads there: to the
 * folder of the nearest project file above it, or else to the source tree that it is in.
 */
import { isServed, rootOf } from '../project/discover';
import type { FileAccess } from '../project/files';
import { PROJECT_FILE, type Settings } from '../project/settings';
import { childOf, parentOf } from '../project/uri';

export class Folders {
  private readonly documents = new Set<string>();
  /** What the open documents have led to. */
  private located: readonly string[] = [];
  private turn = 0;

  constructor(private workspace: readonly string[]) {}

  get current(): readonly string[] {
    return this.followsDocuments ? this.located : this.workspace;
  }

  get followsDocuments(): boolean {
    return this.workspace.length === 0;
  }

  change(added: readonly string[], removed: readonly string[]): void {
    this.workspace = [...this.workspace.filter((uri) => !removed.includes(uri)), ...added];
  }

  /** @returns whether it was not open before */
  opened(document: string): boolean {
    const isNew = !this.documents.has(document);
    this.documents.add(document);
    return isNew;
  }

  closed(document: string): void {
    this.documents.delete(document);
  }

  isOpen(document: string): boolean {
    return this.documents.has(document);
  }

  /** To be called before {@link current} is searched. */
  async locate(files: Pick<FileAccess, 'read'>, settings: Settings): Promise<void> {
    if (!this.followsDocuments) return;
    const turn = ++this.turn;
    const found = await Promise.all([...this.documents].map((uri) => folderOf(uri, files, settings)));
    if (turn === this.turn) this.located = [...new Set(found.flatMap((folder) => folder ?? []))];
  }
}

async function folderOf(
  document: string,
  files: Pick<FileAccess, 'read'>,
  settings: Settings,
): Promise<string | undefined> {
  let folder = document;
  do {
    folder = parentOf(folder);
    if (await files.read(childOf(folder, PROJECT_FILE), { anywhere: true })) return folder;
  } while (folder !== parentOf(folder));
  return isServed(document, [], settings) ? rootOf(document) : undefined;
}
