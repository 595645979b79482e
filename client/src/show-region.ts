/** What a click on a region's lens does. */
import { commands } from 'vscode';
import type { ShowRegionArguments } from '../../server/src/protocol';
import type { ServerSession } from './session';

/** Peeks at the same lines of every OS node. */
export async function showRegion(session: ServerSession, args: ShowRegionArguments): Promise<void> {
  const convert = session.connection?.protocol2CodeConverter;
  if (!convert) return;
  await commands.executeCommand(
    'editor.action.showReferences',
    convert.asUri(args.uri),
    convert.asPosition(args.position),
    args.locations.map((location) => convert.asLocation(location)),
  );
}
