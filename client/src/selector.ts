/** Which documents the extension is about. */
import { type Uri, workspace } from 'vscode';
import type { DocumentFilter } from 'vscode-languageclient/node';
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

/**
 * C by path alone: an editor may take `mint.h` for C++, and other C files are none of our business. Dumps by language, so
 * that one pasted into a new document counts too.
 */
export function documentSelector(): (DocumentFilter & { scheme: string; pattern?: string })[] {
  return [
    ...[...fileGlobs(), `**/${PROJECT_FILE}`].map((pattern) => ({ scheme: 'file', pattern })),
    ...['file', 'untitled'].map((scheme) => ({ scheme, language: IOMEM_LANGUAGE })),
  ];
}
