import { strict as assert } from 'node:assert';
import {
  type CodeLens,
  commands,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  type Location,
  type LocationLink,
  type MarkdownString,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import { assignmentOf, fileOf, rangeOf, show, unrelated } from './workspace';

/** Region 3 of each OS node as the seed's figure 1 has it. */
const FIGURE_1 = ['0x20000000–0x38000000', '0x38000000–0x50000000', '0x50000000–0x68000000'];

describe('in firmware_memmap.c', () => {
  let editor: TextEditor;
  let document: TextDocument;

  before(async () => {
    editor = await show(fileOf(0));
    document = editor.document;
  });

  it('a hover tells how a size came about, for every OS node', async () => {
    const position = assignmentOf(document, 'mint_region3_size');
    const text = await hoverText(document, position);
    assert.match(text, /0x18000000/);
    assert.match(text, /384 MiB/);
    assert.match(text, /mint_memory_size - 0x8000000 = 0x20000000 - 0x8000000 = 0x18000000/);
    assert.match(text, /0x38000000/);
  });

  it('a hover over a number shows it in hex, decimal and MiB', async () => {
    const text = await hoverText(document, rangeOf(document, '0x8000000').start);
    for (const shown of ['0x8000000', '134217728', '128 MiB']) assert.ok(text.includes(shown), shown);
  });

  it('a hint stands after each start and size', async () => {
    const hints = await commands.executeCommand<InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      rangeOf(document, document.getText()),
    );
    const labels = new Map(hints.map((hint) => [hint.position.line, labelOf(hint)]));
    const at = (variable: string) => labels.get(assignmentOf(document, variable).line) ?? '';
    for (const label of labels.values()) assert.ok(label.length <= 43, label);
    assert.match(at('mint_region3_start'), /0x20000000/);
    assert.match(at('mint_region3_size'), /0x18000000/);
    assert.match(at('mint_region2_start'), /0x8000000/);
  });

  it('lenses stand above the block and above each region', async () => {
    const lenses = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      20,
    );
    const titles = lenses.map((lens) => lens.command?.title ?? '');
    assert.ok(
      titles.includes('3 OS nodes · window 0x20000000–0x68000000 · no overlap'),
      `block: ${titles.join(' | ')}`,
    );
    const region3 = titles.find((title) => title.includes(FIGURE_1[0] ?? '')) ?? '';
    for (const range of FIGURE_1) assert.ok(region3.includes(range), region3);
  });

  it('the definition of a name is found in mint.h', async () => {
    const found = await commands.executeCommand<(Location | LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      rangeOf(document, 'mint_memory_size').start,
    );
    const targets = found.map((each) => ('targetUri' in each ? each.targetUri : each.uri).toString());
    assert.ok(targets.includes(fileOf(0, 'mint.h').toString()), targets.join(' '));
  });

  it('the regions are among the symbols', async () => {
    const symbols = await commands.executeCommand<DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const names = (list: readonly DocumentSymbol[]): string[] =>
      list.flatMap((symbol) => [symbol.name, ...names(symbol.children ?? [])]);
    for (const region of ['region1', 'region2', 'region3']) {
      assert.ok(
        names(symbols).some((name) => name.includes(region)),
        region,
      );
    }
  });

  it('a lens shows the same lines of every node', async () => {
    const lenses = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      20,
    );
    const lens = lenses.find((each) => each.command?.command === 'kexecMint.showRegion');
    const { locations } = lens?.command?.arguments?.[0] ?? {};
    const files = new Set(locations.map((location: { uri: string }) => location.uri));
    assert.equal(files.size, 3);
    await commands.executeCommand('kexecMint.showRegion', lens?.command?.arguments?.[0]);
  });
});

describe('in mint.h', () => {
  it('a hover answers too, whichever language the editor takes it for', async () => {
    const { document } = await show(fileOf(1, 'mint.h'));
    const text = await hoverText(document, rangeOf(document, 'mint_memory_start').start);
    assert.match(text, /0x38000000/);
  });
});

describe('in any other C file', () => {
  it('there is nothing of ours', async () => {
    const { document } = await show(unrelated());
    const whole = rangeOf(document, document.getText());
    const hovers = await hoverText(document, rangeOf(document, 'mint_region3_size').start);
    const hints = await commands.executeCommand<InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      whole,
    );
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    assert.deepEqual([hovers, hints ?? [], lenses ?? []], ['', [], []]);
  });
});

async function hoverText(document: TextDocument, position: unknown): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === 'string' ? content : (content as MarkdownString).value))
    .join('\n');
}

function labelOf(hint: InlayHint): string {
  return typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('');
}
