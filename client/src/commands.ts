/** The commands of the palette and those that lenses and quick fixes call. */
import { commands, Disposable, type ExtensionContext } from 'vscode';
import {
  ALLOW_COMMAND,
  CREATE_PROJECT_FILE_COMMAND,
  EXPLAIN_COMMAND,
  EXTEND_COMMAND,
  EXTEND_NODE_COMMAND,
  FOUND_COMMAND,
  SHOW_REGION_COMMAND,
  WATCH_COMMAND,
} from '../../server/src/protocol';
import { allowOverlap } from './allow-overlap';
import { createProjectFile } from './create-project-file';
import { explainOverlaps } from './explain-overlaps';
import { extendNode, type Services } from './extend/extend-node';
import { extendRegion } from './extend/extend-region';
import { openSample } from './open-sample';
import { showFound } from './show-found';
import { showRegion } from './show-region';
import { watchOthers } from './watch';

export function registerCommands(context: ExtensionContext, services: Services): Disposable {
  const { session, pages } = services;
  return Disposable.from(
    commands.registerCommand(EXPLAIN_COMMAND, (args) => explainOverlaps(session, pages, args)),
    commands.registerCommand(FOUND_COMMAND, () => showFound(session, pages)),
    commands.registerCommand(ALLOW_COMMAND, (args) => allowOverlap(session, args)),
    commands.registerCommand('kexecMint.openSample', (caller) => openSample(context, caller)),
    commands.registerCommand('kexecMint.restartServer', () => session.restart()),
    commands.registerCommand('kexecMint.showOutput', () => session.output.show()),
    commands.registerCommand(CREATE_PROJECT_FILE_COMMAND, () => createProjectFile(session)),
    commands.registerCommand(EXTEND_COMMAND, (args) => extendRegion(session, args)),
    commands.registerCommand(EXTEND_NODE_COMMAND, (args) => extendNode(services, args)),
    commands.registerCommand(WATCH_COMMAND, (args) => watchOthers(session, args)),
    commands.registerCommand(SHOW_REGION_COMMAND, (args) => showRegion(session, args)),
  );
}
