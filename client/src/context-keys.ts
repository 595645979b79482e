/** What `when` clauses of package.json ask about. */
import { commands, Disposable } from 'vscode';
import type { Layouts } from './layouts';
import type { ServerSession } from './session';

/** Keeps them as the server and the layout are. */
export function contextKeys(session: ServerSession, layouts: Layouts): Disposable {
  const set = () => {
    const regions = layouts.projects.flatMap(({ nodes }) => nodes.flatMap((node) => node.regions));
    setContext('kexecMint.hasNodes', layouts.projects.length > 0);
    setContext(
      'kexecMint.hasOverlaps',
      regions.some(({ overlaps }) => overlaps),
    );
  };
  set();
  return Disposable.from(
    layouts.onDidChange(set),
    session.onRunning((isRunning) => setContext('kexecMint.isRunning', isRunning)),
  );
}

function setContext(key: string, value: boolean): void {
  void commands.executeCommand('setContext', key, value);
}
