/** Whatever a client sends, in whatever order, the server goes on, answers each request, and ends when it is told to. */
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import {
  ALLOW_REQUEST,
  CREATE_PROJECT_FILE_REQUEST,
  EXPLAIN_REQUEST,
  EXPORT_REQUEST,
  EXTEND_REQUEST,
  FOUND_REQUEST,
  LAYOUT_REQUEST,
  PICTURE_REQUEST,
  TARGETS_REQUEST,
  WATCH_REQUEST,
} from '../../server/src/protocol';
import { damaged, mutation } from './mutations';
import { holds, TIMEOUT_MS } from './runs';
import { FILE, FILES, TEXT, uriOf, Wire } from './wire';

let wire: Wire;

afterEach(() => wire.kill());

const uri = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...[...FILES.keys()].map(uriOf)) },
  fc.constantFrom('', 'file:///', 'untitled:1', 'http://[', 'file:///etc/passwd', 'kexec-mint:/a%ZZ', '\0'),
  fc.string(),
);
const count = fc.oneof(
  { weight: 4, arbitrary: fc.nat(400) },
  fc.constantFrom(-1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308),
);
const position = fc.record({ line: count, character: count });
const range = fc.record({ start: position, end: position });
const wrong = fc.oneof(fc.jsonValue(), fc.constant(undefined));
/** Where a request expects something, that is there most of the time. */
const mostly = <T>(right: fc.Arbitrary<T>) => fc.oneof({ weight: 9, arbitrary: right }, wrong);
const document = mostly(fc.record({ uri: mostly(uri) }));
const params = mostly(
  fc.record(
    {
      textDocument: document,
      uri: mostly(uri),
      position: mostly(position),
      range: mostly(range),
      context: mostly(
        fc.record({ diagnostics: mostly(fc.constant([])), only: mostly(fc.array(fc.string())) }),
      ),
      osid: mostly(count),
      region: mostly(fc.constantFrom('region3', 'region1', '')),
      address: mostly(fc.constantFrom('0x60000000', '1', '-1', 'x')),
      format: mostly(fc.constantFrom('svg', 'markdown', 'text')),
      before: mostly(fc.constantFrom('commit', 'saved', 'none')),
      overlaps: mostly(fc.array(fc.jsonValue())),
      reason: mostly(fc.string()),
    },
    { requiredKeys: [] },
  ),
);
const REQUESTS = [
  ...['hover', 'definition', 'documentLink', 'foldingRange', 'documentSymbol', 'codeLens', 'inlayHint'].map(
    (name) => `textDocument/${name}`,
  ),
  ...[
    'textDocument/codeAction',
    'textDocument/completion',
    'workspace/executeCommand',
    'initialize',
    'no/such',
  ],
  ...[ALLOW_REQUEST, CREATE_PROJECT_FILE_REQUEST, EXPLAIN_REQUEST, EXPORT_REQUEST, EXTEND_REQUEST],
  ...[FOUND_REQUEST, LAYOUT_REQUEST, PICTURE_REQUEST, TARGETS_REQUEST, WATCH_REQUEST],
];
const change = fc.record({ range: mostly(range), text: fc.oneof(fc.string(), fc.constantFrom(TEXT, '{')) });
const whole = fc.record({
  text: fc.array(mutation, { maxLength: 5 }).map((mutations) => damaged(TEXT, mutations)),
});
const NOTIFICATIONS: fc.Arbitrary<object> = fc.oneof(
  fc.record({
    method: fc.constant('textDocument/didChange'),
    params: fc.record({
      textDocument: fc.record({ uri, version: count }),
      contentChanges: fc.array(fc.oneof(change, whole), { maxLength: 3 }),
    }),
  }),
  fc.record({
    method: fc.constantFrom('textDocument/didClose', 'textDocument/didSave', 'textDocument/didOpen'),
    params,
  }),
  fc.record({
    method: fc.constant('workspace/didChangeWatchedFiles'),
    params: fc.record({ changes: fc.array(fc.record({ uri, type: fc.nat(4) }), { maxLength: 4 }) }),
  }),
  fc.record({
    method: fc.constant('workspace/didChangeConfiguration'),
    params: fc.record({ settings: fc.oneof(wrong, fc.record({ kexecMint: wrong })) }),
  }),
  fc.record({ method: fc.constantFrom('$/unknown', 'unknown', 'initialized', '$/setTrace'), params }),
  fc.record({ method: fc.constant('$/cancelRequest'), params: fc.record({ id: fc.nat(40) }) }),
  // The answer to what nobody asked.
  fc.record({ id: fc.nat(), result: wrong }),
);
const message: fc.Arbitrary<{ readonly asks: boolean; readonly content: object }> = fc.oneof(
  fc.record({ method: fc.constantFrom(...REQUESTS), params }).map((content) => ({ asks: true, content })),
  NOTIFICATIONS.map((content) => ({ asks: false, content })),
);

it(
  'random messages',
  () =>
    holds(
      'random messages, 60 to a session',
      6,
      fc.asyncProperty(fc.array(message, { minLength: 40, maxLength: 60 }), async (messages) => {
        wire = new Wire();
        await wire.initialize();
        for (const [id, { asks, content }] of messages.entries())
          wire.send(asks ? { id, ...content } : content);
        for (const [id, { asks }] of messages.entries()) if (asks) await wire.answer(id);
        // It still knows what it is for.
        wire.open(1000);
        const line = TEXT.split('\n').findIndex((text) => text.includes('mint_region3_size ='));
        const params = { textDocument: { uri: uriOf(FILE) }, position: { line, character: 3 } };
        wire.send({ id: 'hover', method: 'textDocument/hover', params });
        expect(JSON.stringify((await wire.answer('hover')).result)).toContain('0x38000000');
        wire.send({ id: 'shutdown', method: 'shutdown' });
        expect(await wire.answer('shutdown')).toMatchObject({ result: null });
        wire.send({ id: 'late', method: 'textDocument/hover', params });
        expect((await wire.answer('late')).error).toMatchObject({ code: -32600 });
        wire.send({ method: 'exit' });
        expect(await wire.exit).toBe(0);
        expect(wire.uncaught()).toEqual([]);
      }),
      // Each try is a process of its own: finding a smaller failure would take longer than a test may.
      { endOnFailure: true },
    ),
  TIMEOUT_MS,
);

it.each([
  ['a header without a length', 'Content-Type: x\r\n\r\n{}'],
  ['a length that is no number', 'Content-Length: many\r\n\r\n{}'],
  ['a negative length', 'Content-Length: -5\r\n\r\n{}'],
  ['no JSON', 'Content-Length: 5\r\n\r\n{{{{{'],
  ['JSON that is no message', 'Content-Length: 4\r\n\r\nnull'],
  ['a message that never ends', 'Content-Length: 1000000\r\n\r\n{'],
  ['noise', '\u0000\u0001\u0002\r\n\r\n\r\n\r\n'],
])('%s ends with the client at the latest', async (_, text) => {
  wire = new Wire();
  await wire.initialize();
  wire.raw(text);
  wire.endInput();
  expect(await wire.exit).not.toBeNull();
});
