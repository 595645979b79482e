/** Positions in each encoding, behind Japanese text and a character beyond the Basic Multilingual Plane. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CodeActionRequest,
  CodeLensRequest,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  type DocumentSymbol,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  type Position,
  type Range,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TestClient } from './client';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const HEADER_0 = 'kexec-mint-os0/kexec/mint.h';
const SIZE = 'mint_memory_size - 0x8000000';
/** 10 code points, 11 units of UTF-16, 21 bytes of UTF-8. */
const COMMENT = '/* 領域𠮷 */ ';

const COUNTED = {
  'utf-8': (text: string) => Buffer.byteLength(text),
  'utf-16': (text: string) => text.length,
  'utf-32': (text: string) => Array.from(text).length,
} as const;

let client: TestClient;
let source: string;
let header: string;

beforeEach(() => {
  client = new TestClient('three-nodes');
  client.remove('kexec-mint.json');
  source = client.read(NODE_0).replace('mint_region3_size =', `${COMMENT}$&`);
  header = client.read(HEADER_0).replace(/#define mint_memory_size|.*\bmint_memory_size\b/, `${COMMENT}$&`);
  client.write(HEADER_0, header);
});

afterEach(() => client.dispose());

const uri = (path: string) => ({ textDocument: { uri: client.uri(path) } });

describe.each(Object.keys(COUNTED) as (keyof typeof COUNTED)[])('%s', (encoding) => {
  /** Where a text stands first; counted here, and not by the client. */
  function rangeOf(text: string, wanted: string): Range {
    const at = (offset: number): Position => {
      const before = text.slice(0, offset).split('\n');
      return { line: before.length - 1, character: COUNTED[encoding](before.at(-1) ?? '') };
    };
    const offset = text.indexOf(wanted);
    expect(offset).toBeGreaterThan(0);
    return { start: at(offset), end: at(offset + wanted.length) };
  }

  const hover = async (position: Position) =>
    client.connection.sendRequest(HoverRequest.type, { ...uri(NODE_0), position });

  beforeEach(async () => {
    const { capabilities } = await client.initialize({
      capabilities: {
        general: { positionEncodings: ['utf-7', encoding, 'utf-16'] },
        textDocument: {
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        },
      },
    });
    expect(capabilities.positionEncoding).toBe(encoding);
    await client.open(NODE_0, source);
  });

  it('says where things are', async () => {
    const name = rangeOf(source, 'mint_region3_size');
    expect((await hover(name.start))?.range).toEqual(name);
    const last = { line: name.end.line, character: name.end.character - 1 };
    expect((await hover(last))?.range).toEqual(name);

    const size = rangeOf(source, SIZE);
    const places = await client.connection.sendRequest(DefinitionRequest.type, {
      ...uri(NODE_0),
      position: size.start,
    });
    expect(places).toEqual([{ uri: client.uri(HEADER_0), range: rangeOf(header, 'mint_memory_size') }]);

    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, uri(NODE_0));
    const region3 = (symbols as DocumentSymbol[]).find((symbol) => symbol.name === 'region3');
    expect(region3?.children?.at(-1)?.selectionRange.start).toEqual(name.start);

    const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
    const hints = await client.connection.sendRequest(InlayHintRequest.type, {
      ...uri(NODE_0),
      range: whole,
    });
    expect(hints?.at(-1)?.position).toEqual(size.end);

    const lenses = await client.connection.sendRequest(CodeLensRequest.type, uri(NODE_0));
    expect(lenses?.some(({ range }) => range.start.line === name.start.line - 1)).toBe(true);
  });

  it('edits what it says it edits, and takes what is typed where it stands', async () => {
    const range = rangeOf(source, SIZE);
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      ...uri(NODE_0),
      range,
      context: { diagnostics: [] },
    });
    const fix = actions?.find(({ title }) => title.includes('0x48000000'));
    const edits: TextEdit[] = (fix && 'edit' in fix && fix.edit?.changes?.[client.uri(NODE_0)]) || [];
    expect(edits).toEqual([{ range, newText: '0x48000000' }]);

    const digit = '0x8000000';
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: client.uri(NODE_0), version: 2 },
      contentChanges: [
        { range: rangeOf(source, '𠮷'), text: '𠮷𠮷' },
        { range: rangeOf(source.replace('𠮷', '𠮷𠮷'), `size - ${digit}`), text: 'size + 0x28000000' },
      ],
    });
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
    const typed = source.replace('𠮷', '𠮷𠮷').replace(`size - ${digit}`, 'size + 0x28000000');
    const found = client.diagnostics(NODE_0).find(({ code }) => code === 'node-overlap');
    expect(found?.range).toEqual(rangeOf(typed, 'mint_memory_size + 0x28000000'));
  });
});

it('the client’s order decides, and its silence means UTF-16', async () => {
  const chosen = async (positionEncodings?: string[]) => {
    const { capabilities } = await client.initialize({
      capabilities: positionEncodings ? { general: { positionEncodings } } : {},
    });
    return capabilities.positionEncoding;
  };
  expect(await chosen(['utf-32', 'utf-8', 'utf-16'])).toBe('utf-32');
  client.dispose();
  client = new TestClient('three-nodes');
  expect(await chosen()).toBe('utf-16');
});
