/** The edit that lets a node watch the other nodes' memory. */
import { watchOthers } from '../../memmap/fixes/watch/watch';
import { noNode } from '../../memmap/wording';
import { type Locale, type Message, render } from '../../messages';
import type { EditResult, WatchParams } from '../../protocol';
import { placeText } from '../positions';
import type { Snapshot } from '../snapshot';
import { workspaceEdit } from '../workspace-edit';

export function watch(
  snapshot: Snapshot,
  { osid, part }: Omit<WatchParams, 'uri'>,
  options: { readonly locale: Locale; readonly versioned: boolean },
): EditResult {
  const say = (text: Message) => render(text, options.locale, placeText(snapshot));
  const node = snapshot.layout.nodes.find((each) => each.osid === osid);
  const fix = node ? watchOthers(snapshot.context, node, part) : noNode(osid, snapshot.layout.nodes);
  if ('id' in fix) return { kind: 'error', message: say(fix) };
  return { kind: 'edit', title: say(fix.title), edit: workspaceEdit(snapshot, fix, options.versioned) };
}
