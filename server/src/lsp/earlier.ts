/** The states that a picture shows: the present one, and an earlier one where the client asks for it. */
import { message, render } from '../messages';
import type { EarlierState } from '../protocol';
import type { EarlierTexts } from '../service/earlier-texts';
import type { Earlier } from '../service/features/picture';
import { sameProject } from '../service/projects';
import type { Snapshot, WorkspaceSnapshot } from '../service/snapshot';
import { canonical, type Session } from './session';

export interface States {
  readonly present: WorkspaceSnapshot;
  readonly earlier?: { readonly title: string; readonly workspace: WorkspaceSnapshot };
}

export async function statesFor(
  { service, locale }: Session,
  before: EarlierState | undefined,
): Promise<States> {
  if (!before) return { present: await service.snapshot() };
  const { present, earlier } = await service.earlier(earlierTexts(before));
  const title = before.kind === 'saved' ? render(message('earlier.saved'), locale) : before.title;
  return { present, earlier: { title, workspace: earlier } };
}

function earlierTexts(before: EarlierState): EarlierTexts {
  if (before.kind === 'saved') return before;
  const files = Object.entries(before.files).map(([uri, bytes]) => [canonical(uri), bytes] as const);
  return { kind: 'files', files: new Map(files) };
}

/** The same project as it was; undefined where there was none. */
export function earlierOf({ earlier }: States, project: Snapshot): Earlier | undefined {
  const snapshot = earlier && sameProject(earlier.workspace, project);
  return snapshot && { title: earlier.title, snapshot };
}
