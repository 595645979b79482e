/** The edit that ends a region at an address: the region at a place, or one that is named. */

import type { Fix } from '../../memmap/finding';
import { extendRegion, isFix, moveEnd } from '../../memmap/fixes/move-end';
import { regionAt } from '../../memmap/fixes/size-fixes';
import { type Locale, type Message, message, render } from '../../messages';
import { parseAddress } from '../../project/numbers';
import type { EditResult, ExtendParams } from '../../protocol';
import { placeText } from '../positions';
import type { Snapshot } from '../snapshot';
import { workspaceEdit } from '../workspace-edit';

export function extend(
  snapshot: Snapshot,
  file: string,
  { at, address }: Omit<ExtendParams, 'uri'>,
  options: { readonly locale: Locale; readonly versioned: boolean },
): EditResult {
  const say = (text: Message) => render(text, options.locale, placeText(snapshot));
  const fix = fixFor(snapshot, file, at, address);
  if (!isFix(fix)) return { kind: 'error', message: say(fix) };
  return { kind: 'edit', title: say(fix.title), edit: workspaceEdit(snapshot, fix, options.versioned) };
}

function fixFor(snapshot: Snapshot, file: string, at: ExtendParams['at'], address: string): Fix | Message {
  const { context } = snapshot;
  const end = parseAddress(address);
  if (end === undefined) return message('editor.no-address', { text: address });
  if ('osid' in at) return extendRegion(context, at.osid, at.region, end);
  const document = snapshot.isServed(file) ? snapshot.document(file) : undefined;
  const offset = document?.offsetAt(at.position) ?? 0;
  const found = document && regionAt(context, { file, start: offset, end: offset });
  return found ? moveEnd(context, found.node, found.region, end) : message('editor.no-region-here');
}
