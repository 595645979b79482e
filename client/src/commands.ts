/** The commands of the palette and those that lenses and quick fixes call. */
import { commands, Disposable } from 'vscode';
import { CREATE_PROJECT_FILE_COMMAND, EXTEND_COMMAND, SHOW_REGION_COMMAND } from '../../server/src/protocol';
import { createProjectFile } from './create-project-file';
import { extendRegion } from './extend-region';
import type { ServerSession } from './session';
import { showRegion } from './show-region';

export function registerCommands(session: ServerSession): Disposable {
  return Disposable.from(
    commands.registerCommand('kexecMint.restartServer', () => session.restart()),
    commands.registerCommand('kexecMint.showOutput', () => session.output.show()),
    commands.registerCommand(CREATE_PROJECT_FILE_COMMAND, () => createProjectFile(session)),
    commands.registerCommand(EXTEND_COMMAND, (args) => extendRegion(session, args)),
    commands.registerCommand(SHOW_REGION_COMMAND, (args) => showRegion(session, args)),
  );
}
