import { strict as assert } from 'node:assert';
import {
  type CodeAction,
  commands,
  DiagnosticSeverity,
  Selection,
  type TextDocument,
  type TextEditor,
  type Uri,
  workspace,
} from 'vscode';
import {
  allDiagnostics,
  assignmentOf,
  diagnosticsThat,
  fileOf,
  rangeOf,
  rule,
  show,
  unrelated,
} from './workspace';

const errors = () =>
  allDiagnostics().filter(({ diagnostic }) => diagnostic.severity === DiagnosticSeverity.Error);
const overlaps = () => allDiagnostics().filter(({ diagnostic }) => rule('node-overlap')(diagnostic));
const contains =
  (...parts: readonly string[]) =>
  (text: string) =>
    parts.every((part) => text.includes(part));

describe('extending OS node 0', () => {
  let editor: TextEditor;
  let document: TextDocument;
  let untouched: Uri[];
  let before_: readonly string[];

  before(async () => {
    editor = await show(fileOf(0));
    document = editor.document;
    untouched = (await workspace.findFiles('**/*.[ch]')).filter((uri) => uri.path !== fileOf(0).path);
    before_ = await contentsOf(untouched);
  });

  it('starts from a map without overlap', async () => {
    await diagnosticsThat(() => (overlaps().length === 0 ? true : undefined));
  });

  it('by its quick fix gives two overlaps in its own file and none elsewhere', async () => {
    const fix = await fixAt(assignmentOf(document, 'mint_region3_size'), contains('size 0x48000000'));
    assert.ok(fix.edit && (await workspace.applyEdit(fix.edit)));
    assert.ok(document.getText().includes('mint_region3_size = 0x48000000;'));
    const found = await diagnosticsThat(() => (overlaps().length === 2 ? overlaps() : undefined));
    assert.deepEqual([...new Set(found.map(({ uri }) => uri.toString()))], [fileOf(0).toString()]);
    for (const { diagnostic } of found) {
      assert.equal(diagnostic.range.start.line, assignmentOf(document, 'mint_region3_size').line);
    }
  });

  it('points at the lines of the other nodes, in files that are not open', () => {
    const related = overlaps().flatMap(({ diagnostic }) => diagnostic.relatedInformation ?? []);
    const files = new Set(related.map(({ location }) => location.uri.toString()));
    for (const osid of [1, 2]) {
      assert.ok(files.has(fileOf(osid).toString()), `OS node ${osid}`);
      assert.ok(!workspace.textDocuments.some((open) => open.uri.toString() === fileOf(osid).toString()));
    }
  });

  it('is mended by the fix that restores the original size', async () => {
    const fix = await fixAt(
      assignmentOf(document, 'mint_region3_size'),
      contains('mint_memory_size - 0x8000000'),
    );
    assert.ok(fix.edit && (await workspace.applyEdit(fix.edit)));
    await diagnosticsThat(() => (overlaps().length === 0 ? true : undefined));
    await commands.executeCommand('undo');
    await diagnosticsThat(() => (overlaps().length === 2 ? true : undefined));
  });

  it('leaves nothing behind when it is undone', async () => {
    await commands.executeCommand('undo');
    assert.ok(document.getText().includes('mint_region3_size = mint_memory_size - 0x8000000;'));
    assert.equal(document.isDirty, false);
    await diagnosticsThat(() => (overlaps().length === 0 ? true : undefined));
  });

  it('changes no other C file', async () => {
    assert.ok(untouched.some((uri) => uri.toString() === unrelated().toString()));
    assert.deepEqual(await contentsOf(untouched), before_);
    assert.deepEqual(
      allDiagnostics().filter(({ uri }) => uri.toString() === unrelated().toString()),
      [],
    );
  });

  /** The first quick fix at a place whose title is as wanted. */
  async function fixAt(
    position: ReturnType<typeof assignmentOf>,
    wanted: (title: string) => boolean,
  ): Promise<CodeAction> {
    editor.selection = new Selection(position, position);
    const line = document.lineAt(position.line).range;
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      line,
      undefined,
      50,
    );
    const found = actions.find(({ title, edit }) => edit && wanted(title));
    assert.ok(found, actions.map(({ title }) => title).join(' | '));
    return found;
  }
});

describe('a file that is not open', () => {
  it('is judged as it is on disk, also when that changes', async () => {
    const header = fileOf(2, 'mint.h');
    const original = await workspace.fs.readFile(header);
    const changed = Buffer.from(original).toString('utf8').replace('#define OSID 2', '#define OSID 1');
    const mismatches = () => allDiagnostics().filter(({ diagnostic }) => rule('osid-mismatch')(diagnostic));
    try {
      await workspace.fs.writeFile(header, Buffer.from(changed));
      const found = await diagnosticsThat(() => (mismatches().length > 0 ? mismatches() : undefined));
      for (const { uri } of found) assert.match(uri.path, /kexec-mint-os2\//);
    } finally {
      await workspace.fs.writeFile(header, original);
    }
    await diagnosticsThat(() => (mismatches().length === 0 ? true : undefined));
  });
});

describe('typing', () => {
  it('is judged before anything is saved', async () => {
    const { document, edit } = await show(fileOf(0));
    const digits = rangeOf(document, '0x8000000', 3);
    await show(fileOf(0)).then((editor) => editor.edit((builder) => builder.replace(digits, '0x80000000')));
    assert.ok(edit);
    await diagnosticsThat(() => (errors().length > 0 ? true : undefined));
    await commands.executeCommand('undo');
    await diagnosticsThat(() => (errors().length === 0 ? true : undefined));
  });
});

async function contentsOf(files: readonly Uri[]): Promise<readonly string[]> {
  const contents = await Promise.all(files.map((uri) => workspace.fs.readFile(uri)));
  return contents.map((bytes) => Buffer.from(bytes).toString('utf8'));
}
