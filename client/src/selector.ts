/** Which documents the extension is about. */
import { workspace } from 'vscode';
import type { DocumentFilter } from 'vscode-languageclient/node';
import { IOMEM_LANGUAGE } from '../../server/src/project/iomem-files';

/** The globs of `kexecMint.files`. */
export function fileGlobs(): readonly string[] {
  return workspace.getConfiguration('kexecMint').get<string[]>('files') ?? [];
}

/**
 * C by path alone: an editor may take `mint.h` for C++, and other C files are none of our business. Dumps by language, so
 * that one pasted into a new document counts too.
 */
export function documentSelector(): (DocumentFilter & { scheme: string; pattern?: string })[] {
  return [
    ...fileGlobs().map((pattern) => ({ scheme: 'file', pattern })),
    ...['file', 'untitled'].map((scheme) => ({ scheme, language: IOMEM_LANGUAGE })),
  ];
}
