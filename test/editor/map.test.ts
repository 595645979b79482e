import { strict as assert } from 'node:assert';
import { commands, type Tab, TabInputWebview, ViewColumn, window } from 'vscode';
import { fileOf, show } from './workspace';

const maps = (): readonly Tab[] =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('kexecMint.map'));

/** Waits for the change of tabs after which there are `count` maps, the last of them in front. */
async function mapCount(count: number): Promise<void> {
  const isSo = () => maps().length === count && maps().every(({ isActive }) => isActive);
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const subscription = window.tabGroups.onDidChangeTabs(() => {
      if (!isSo()) return;
      subscription.dispose();
      resolve();
    });
  });
}

describe('the map panel', () => {
  before(() => show(fileOf(0)));
  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens beside the code, which keeps the keys', async () => {
    await commands.executeCommand('kexecMint.openMap');
    await mapCount(1);
    assert.equal(maps()[0]?.group.viewColumn, ViewColumn.Two);
    assert.equal(window.activeTextEditor?.document.uri.toString(), fileOf(0).toString());
  });

  it('is one for the window', async () => {
    await commands.executeCommand('kexecMint.openMap', { uri: fileOf(1).toString() });
    await mapCount(1);
    assert.deepEqual(
      maps().map(({ group }) => group.viewColumn),
      [ViewColumn.Two],
    );
  });

  it('opens again after it was closed', async () => {
    await window.tabGroups.close(maps());
    await mapCount(0);
    await show(fileOf(0));
    await commands.executeCommand('kexecMint.openMap');
    await mapCount(1);
  });
});
