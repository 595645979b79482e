/** The state that the present one is compared with. */
import { Uri, workspace } from 'vscode';
import { toBase64 } from '../../../server/src/project/base64';
import type { EarlierState } from '../../../server/src/protocol';
import { isProjectFile, isServedPath } from '../selector';
import { text } from '../texts';
import type { Git, LastCommit } from './git';
import type { Comparison } from './messages';

export interface Earlier {
  /** What is compared with in fact. */
  readonly compare: Comparison;
  readonly hasCommit: boolean;
  /** What the server is asked with. */
  readonly before?: EarlierState;
}

/**
 * @param chosen undefined where the person has not chosen: the last commit if there is one, else the saved files
 * @param project a file of the project
 * @param files the files that the project rests on
 */
export async function earlierState(
  git: Git,
  chosen: Comparison | undefined,
  project: Uri,
  files: readonly string[],
): Promise<Earlier> {
  const commit = await git.lastCommit(project);
  const hasCommit = commit !== undefined;
  if (chosen === 'none') return { compare: 'none', hasCommit };
  if (!commit || chosen === 'saved') return { compare: 'saved', hasCommit, before: { kind: 'saved' } };
  const title = text('map.commit', { commit: commit.hash.slice(0, 7) });
  return {
    compare: 'commit',
    hasCommit,
    before: { kind: 'files', title, files: await differingFiles(commit, files) },
  };
}

/** What the commit has of the files that are others now: on disk, or in an editor that has not saved yet. */
async function differingFiles(
  commit: LastCommit,
  files: readonly string[],
): Promise<Record<string, string | null>> {
  const known = new Set(files.map((file) => Uri.parse(file).toString()));
  // A file that was deleted is not known any more.
  const isOurs = (uri: Uri) => known.has(uri.toString()) || isServedPath(uri) || isProjectFile(uri);
  const unsaved = workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri);
  const uris = new Map([...commit.changed, ...unsaved].filter(isOurs).map((uri) => [uri.toString(), uri]));
  const entries = [...uris].map(async ([key, uri]) => {
    const bytes = await commit.bytes(uri);
    return [key, bytes ? toBase64(bytes) : null] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
