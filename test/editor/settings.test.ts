import { strict as assert } from 'node:assert';
import { type CodeLens, commands, type InlayHint, type Location, type TextDocument, workspace } from 'vscode';
import { eventually, fileOf, rangeOf, show } from './workspace';

describe('settings', () => {
  let document: TextDocument;
  const configuration = () => workspace.getConfiguration('kexecMint');
  const hints = () =>
    commands.executeCommand<InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      rangeOf(document, document.getText()),
    );
  const lenses = () => commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);

  before(async () => {
    document = (await show(fileOf(0))).document;
  });

  for (const [name, ask] of [
    ['inlayHints.enabled', hints],
    ['codeLens.enabled', lenses],
  ] as const) {
    it(`${name} turns them off and on`, async () => {
      const count = ((await ask()) as readonly unknown[]).length;
      assert.ok(count > 0);
      await configuration().update(name, false);
      await eventually(ask as () => Thenable<readonly unknown[]>, (answer) => answer.length === 0);
      await configuration().update(name, undefined);
      await eventually(ask as () => Thenable<readonly unknown[]>, (answer) => answer.length === count);
    });
  }

  it('cLanguageFeatures leaves definitions to another C server, and takes them back', async () => {
    const definitions = () =>
      commands.executeCommand<Location[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        rangeOf(document, 'mint_memory_size - 0x8000000').start,
      );
    await eventually(definitions, (answer) => answer.length === 1);
    await configuration().update('cLanguageFeatures', 'off');
    await eventually(definitions, (answer) => answer.length === 0);
    await configuration().update('cLanguageFeatures', undefined);
    await eventually(definitions, (answer) => answer.length === 1);
  });

  it('files takes a file out and puts it back', async () => {
    await configuration().update('files', ['**/kexec/mint.h']);
    await eventually(hints, (answer) => (answer?.length ?? 0) === 0);
    await configuration().update('files', undefined);
    await eventually(hints, (answer) => (answer?.length ?? 0) > 0);
  });
});
