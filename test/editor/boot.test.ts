import { strict as assert } from 'node:assert';
import { commands, type QuickPickItem, window, workspace } from 'vscode';
import { BOOT_COMMAND } from '../../server/src/protocol';
import { serverStarted } from './workspace';

/** The command up to the point where machines would be started: the real command line, which refuses a kernel. */
describe('Boot This Layout in QEMU', function () {
  // The command line reads the layout each time.
  this.timeout(120_000);
  const { showQuickPick, showWarningMessage, showErrorMessage } = window;
  const NO_KERNEL = '/nowhere/vmlinuz';
  let said: string[];
  let offered: string[][];

  before(async () => {
    await serverStarted();
    await workspace.getConfiguration('kexecMint.boot').update('kernel', NO_KERNEL);
  });

  beforeEach(() => {
    said = [];
    offered = [];
    const pick = async (items: readonly QuickPickItem[]) => {
      offered.push(items.map(({ label }) => label));
      return items.at(-1);
    };
    const tell = async (message: string) => {
      said.push(message);
      return undefined;
    };
    Object.assign(window, { showQuickPick: pick, showErrorMessage: tell });
  });

  after(async () => {
    Object.assign(window, { showQuickPick, showWarningMessage, showErrorMessage });
    await workspace.getConfiguration('kexecMint.boot').update('kernel', undefined);
  });

  /** The person agrees, or not, to have the workspace's code run. */
  const answering = (answer: 'yes' | 'no') => {
    Object.assign(window, {
      showWarningMessage: async (message: string, _: unknown, yes: string) => {
        said.push(message);
        return answer === 'yes' ? yes : undefined;
      },
    });
  };

  it('offers every OS node of the layout, and runs nothing where the person declines', async () => {
    answering('no');
    await commands.executeCommand(BOOT_COMMAND);
    assert.equal(offered[0]?.length, 4);
    assert.equal(said.length, 1);
  });

  it('tells what the command line says against it', async () => {
    answering('yes');
    await commands.executeCommand(BOOT_COMMAND);
    assert.ok(said.at(-1)?.includes(NO_KERNEL), said.join('\n'));
  });
});
