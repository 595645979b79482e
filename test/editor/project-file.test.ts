import { strict as assert } from 'node:assert';
import {
  type CompletionList,
  commands,
  type Diagnostic,
  env,
  type Hover,
  languages,
  type MarkdownString,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { eventually, inWorkspace, rangeOf, serverStarted } from './workspace';

const PROJECT = 'kexec-mint.json';
const schema = (diagnostic: Diagnostic) => diagnostic.source !== 'kexec-mint';

/** What the editor's own JSON support makes of a file, by the schema that the extension brings. */
describe('kexec-mint.json in the editor', () => {
  const uri = () => inWorkspace(`elsewhere/${PROJECT}`);
  const TEXT = `{
  // comments and trailing commas are fine
  "window": ["0x20000000", "0x68000000"],
  "colour": 1,
  "nodes": [{ "osid": 0, "role": "" }],
}
`;
  let document: TextDocument;

  before(async () => {
    await serverStarted();
    await workspace.fs.writeFile(uri(), new TextEncoder().encode(TEXT));
    document = await workspace.openTextDocument(uri());
    await window.showTextDocument(document);
  });

  after(() => workspace.fs.delete(Uri.joinPath(uri(), '..'), { recursive: true }));

  const completions = async (text: string) => {
    const { start } = rangeOf(document, text);
    const list = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      start.translate(0, 1),
    );
    return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  };

  it('is JSON with comments', () => assert.equal(document.languageId, 'jsonc'));

  it('completes keys and values', async () => {
    const keys = await eventually(
      () => completions('"colour"'),
      (labels) => labels.includes('allowOverlaps'),
    );
    assert.ok(keys.includes('dataModel'));
    const values = await eventually(
      () => completions('"" }'),
      (labels) => labels.includes('"monitor"'),
    );
    assert.ok(values.includes('"service"'));
  });

  it('says what a key holds, in the language of the editor', async () => {
    const [hover] = await eventually(
      () =>
        commands.executeCommand<Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          rangeOf(document, '"window"').start.translate(0, 2),
        ),
      (hovers) => hovers.length > 0,
    );
    const [text] = hover?.contents ?? [];
    assert.match((text as MarkdownString).value, env.language === 'ja' ? /メモリ/ : /The memory shared out/);
  });

  it('finds what does not keep to the schema', async () => {
    const found = await eventually(
      async () => languages.getDiagnostics(document.uri).filter(schema),
      (diagnostics) => diagnostics.length > 0,
    );
    const places = found.map(({ range }) => document.getText(range)).sort();
    assert.deepEqual(places, ['""', '"colour"']);
  });
});

describe('Create Project File', () => {
  const uri = () => inWorkspace(PROJECT);
  let given: Uint8Array | undefined;

  before(async () => {
    await serverStarted();
    given = await workspace.fs.readFile(uri()).then(
      (bytes) => bytes,
      () => undefined,
    );
    if (given) await workspace.fs.delete(uri());
  });

  after(async () => {
    if (given) await workspace.fs.writeFile(uri(), given);
    else await workspace.fs.delete(uri());
  });

  it('writes one that says what was discovered, and opens it', async () => {
    await eventually(
      async () => {
        // Until the server has seen that the file is gone, it names it.
        await commands.executeCommand('kexecMint.createProjectFile').then(undefined, () => undefined);
        return window.activeTextEditor?.document.uri.toString();
      },
      (active) => active === uri().toString(),
    );
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri()));
    for (const osid of [0, 1, 2])
      assert.ok(text.includes(`{ "osid": ${osid}, "source": "kexec-mint-os${osid}" }`), text);
  });

  it('opens the one that is there', async () => {
    const text = '{ "nodeCount": 3 } // mine\n';
    const editor = await window.showTextDocument(uri());
    const { document } = editor;
    await editor.edit((edit) => edit.replace(rangeOf(document, document.getText()), text));
    await document.save();
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await commands.executeCommand('kexecMint.createProjectFile');
    assert.equal(window.activeTextEditor?.document.uri.toString(), uri().toString());
    assert.equal(window.activeTextEditor.document.getText(), text);
  });
});
