/** Which documents the extension is about. */
import { type Uri, workspace } from 'vscode';
import type { DocumentFilter } from 'vscode-languageclient';
import { matchesGlob } from '../../server/src/project/glob';
import { IOMEM_LANGUAGE } from '../../server/src/project/iomem-files';
import { PROJECT_FILE } from '../../server/src/project/settings';

/** The globs of `kexecMint.files`. */
export function fileGlobs(): readonly string[] {
  return workspace.getConfiguration('kexecMint').get<string[]>('files') ?? [];
}

/** C files by path alone: whether or not they are there. */
export function isServedPath(uri: Uri): boolean {
  const path = workspace.asRelativePath(uri, false);
  return fileGlobs().some((glob) => matchesGlob(glob, path));
}

export function isProjectFile(uri: Uri): boolean {
  return uri.path.endsWith(`/${PROJECT_FILE}`);
}

/** The file systems whose files are ours: the disk's, and those of the folders that are open. */
export function schemes(): readonly string[] {
  const folders = workspace.workspaceFolders ?? [];
  return [...new Set(['file', ...folders.map(({ uri }) => uri.scheme)])].sort();
}

/** Whether the file is C that the extension is about, and no earlier state or picture of it. */
export function isServedFile(uri: Uri): boolean {
  return schemes().includes(uri.scheme) && isServedPath(uri);
}

/**
 * C by path alone: an editor may take `mint.h` for C++, and other C files are none of our business. Dumps by language, so
 * that one pasted into a new document counts too.
 */
export function documentSelector(): (DocumentFilter & { scheme: string; pattern?: string })[] {
  const patterns = [...fileGlobs(), `**/${PROJECT_FILE}`];
  return [
    ...schemes().flatMap((scheme) => patterns.map((pattern) => ({ scheme, pattern }))),
    ...[...schemes(), 'untitled'].map((scheme) => ({ scheme, language: IOMEM_LANGUAGE })),
  ];
}
