/** The commands of the palette and those that lenses and quick fixes call. */
import { commands, Disposable } from 'vscode';
import {
  ALLOW_COMMAND,
  CREATE_PROJECT_FILE_COMMAND,
  EXPLAIN_COMMAND,
  EXTEND_COMMAND,
  SHOW_REGION_COMMAND,
  WATCH_COMMAND,
} from '../../server/src/protocol';
import { allowOverlap } from './allow-overlap';
import { createProjectFile } from './create-project-file';
import { explainOverlaps } from './explain-overlaps';
import { extendRegion } from './extend-region';
import type { ServerSession } from './session';
import { showRegion } from './show-region';
import { watchOthers } from './watch';

export function registerCommands(session: ServerSession): Disposable {
  const explanation = explainOverlaps(session);
  return Disposable.from(
    explanation.registration,
    commands.registerCommand(EXPLAIN_COMMAND, explanation.run),
    commands.registerCommand(ALLOW_COMMAND, (args) => allowOverlap(session, args)),
    commands.registerCommand('kexecMint.restartServer', () => session.restart()),
    commands.registerCommand('kexecMint.showOutput', () => session.output.show()),
    commands.registerCommand(CREATE_PROJECT_FILE_COMMAND, () => createProjectFile(session)),
    commands.registerCommand(EXTEND_COMMAND, (args) => extendRegion(session, args)),
    commands.registerCommand(WATCH_COMMAND, (args) => watchOthers(session, args)),
    commands.registerCommand(SHOW_REGION_COMMAND, (args) => showRegion(session, args)),
  );
}
