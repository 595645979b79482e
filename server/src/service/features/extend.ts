/** The edit that ends the region at a place at an address that the person typed. */
import type { Position } from 'vscode-languageserver-types';
import { isFix, moveEnd } from '../../memmap/fixes/move-end';
import { regionAt } from '../../memmap/fixes/size-fixes';
import { type Locale, type Message, message, render } from '../../messages';
import { parseAddress } from '../../project/numbers';
import type { EditResult } from '../../protocol';
import { placeText } from '../positions';
import type { Snapshot } from '../snapshot';
import { workspaceEdit } from '../workspace-edit';

export function extend(
  snapshot: Snapshot,
  file: string,
  position: Position,
  address: string,
  options: { readonly locale: Locale; readonly versioned: boolean },
): EditResult {
  const failed = (text: Message): EditResult => ({
    kind: 'error',
    message: render(text, options.locale, placeText(snapshot)),
  });
  const document = snapshot.isServed(file) ? snapshot.document(file) : undefined;
  const offset = document?.offsetAt(position) ?? 0;
  const found = document && regionAt(snapshot.context, { file, start: offset, end: offset });
  if (!found) return failed(message('editor.no-region-here'));
  const end = parseAddress(address);
  if (end === undefined) return failed(message('editor.no-address', { text: address }));
  const fix = moveEnd(snapshot.context, found.node, found.region, end);
  if (!isFix(fix)) return failed(fix);
  return { kind: 'edit', edit: workspaceEdit(snapshot, fix, options.versioned) };
}
