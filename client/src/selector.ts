/** Which documents the extension is about. */
import { workspace } from 'vscode';
import type { DocumentFilter } from 'vscode-languageclient/node';
import { IOMEM_LANGUAGE } from '../../server/src/project/iomem-files';
import { PROJECT_FILE } from '../../server/src/project/settings';

/** The globs of `kexecMint.files`. */
export function fileGlobs(): readonly string[] {
  return workspace.getConfiguration('kexecMint').get<string[]>('files') ?? [];
}

/** C by path alone: an editor may take `mint.h` for C++, and other C files are none of our business. */
export function sourceSelector(): (DocumentFilter & { scheme: string; pattern: string })[] {
  return [...fileGlobs(), `**/${PROJECT_FILE}`].map((pattern) => ({ scheme: 'file', pattern }));
}

/** Dumps by language, so that one pasted into a new document counts too. */
export function documentSelector(): (DocumentFilter & { scheme: string; pattern?: string })[] {
  const dumps = ['file', 'untitled'].map((scheme) => ({ scheme, language: IOMEM_LANGUAGE }));
  return [...sourceSelector(), ...dumps];
}
