import { strict as assert } from 'node:assert';
import {
  commands,
  type DocumentLink,
  type FoldingRange,
  type Hover,
  type Location,
  type LocationLink,
  type MarkdownString,
  type TextDocument,
  workspace,
} from 'vscode';
import { assignmentOf, eventually, fileOf, inWorkspace, rangeOf, show } from './workspace';

/** What node 2 of the sample shows, as a message quotes it: the editor by itself sees no indentation to fold by. */
const DUMP = `> 18000000-1fffffff : System RAM
> 50000000-67ffffff : System RAM
>   51000000-517fffff : Kernel code
>   51c00000-51ffffff : Kernel data
`;

const foldsOf = (document: TextDocument) =>
  commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);

describe('a dump of /proc/iomem', () => {
  const file = inWorkspace('iomem-of-node-2.txt');
  let document: TextDocument;

  before(async () => {
    await workspace.fs.writeFile(file, Buffer.from(DUMP));
    document = (await show(file)).document;
  });
  after(async () => {
    await workspace.fs.delete(file);
  });

  it('is known by its name', () => assert.equal(document.languageId, 'iomem'));

  it('folds by nesting', async () => {
    const folds = await eventually(
      () => foldsOf(document),
      (found) => found?.length > 0,
    );
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [[1, 3]],
    );
  });

  it('tells of a range how large it is and whose region it shows', async () => {
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      rangeOf(document, '50000000').start,
    );
    const text = hovers
      .flatMap((hover) => hover.contents)
      .map((content) => (typeof content === 'string' ? content : (content as MarkdownString).value))
      .join('\n');
    for (const shown of ['0x50000000–0x68000000', '384 MiB', 'region3'])
      assert.ok(text.includes(shown), text);
  });

  it('leads from a range to the statement that sets it', async () => {
    const tree = fileOf(2);
    const source = await workspace.openTextDocument(tree);
    const { line } = assignmentOf(source, 'mint_region3_start');
    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    const link = links.find(({ range }) => document.getText(range) === '50000000-67ffffff');
    assert.equal(link?.target?.path, tree.path);
    assert.match(link?.target?.fragment ?? '', new RegExp(`^L${line + 1},\\d+$`));
    const found = await commands.executeCommand<(Location | LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      rangeOf(document, '50000000').start,
    );
    const starts = found.map((each) => ('targetUri' in each ? each.targetRange : each.range).start.line);
    assert.ok(starts.includes(line), starts.join(' '));
  });
});

describe('firmware_memmap.c', () => {
  it('folds as the editor folds it without the extension', async () => {
    const { document } = await show(fileOf(0));
    const folds = await foldsOf(document);
    assert.ok(folds.length > 1, `${folds.length} folds`);
  });
});
