import { strict as assert } from 'node:assert';
import { commands, extensions } from 'vscode';
import { EXTENSION, serverStarted } from './workspace';

describe('activation', () => {
  it('happens because the folder holds kexec/firmware_memmap.c', async () => {
    const extension = extensions.getExtension(EXTENSION);
    assert.ok(extension);
    await serverStarted();
    assert.ok(extension.isActive);
  });

  it('brings the commands that package.json lists', async () => {
    const extension = extensions.getExtension(EXTENSION);
    assert.ok(extension);
    const known = new Set(await commands.getCommands(true));
    for (const { command } of extension.packageJSON.contributes.commands)
      assert.ok(known.has(command), command);
  });

  it('survives a restart of the server', async () => {
    await commands.executeCommand('kexecMint.restartServer');
    await commands.executeCommand('kexecMint.showOutput');
  });
});
