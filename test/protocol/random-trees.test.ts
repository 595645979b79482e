/** The server and the command line show the same values of random source trees: each region's row in a hover is the JSON's. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DocumentSymbol, DocumentSymbolRequest } from 'vscode-languageserver/node';
import { trees } from '../oracle/tree';
import { TestClient } from './client';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const MAIN = 'tree/kexec/firmware_memmap.c';
const COUNT = 15;

interface Row {
  readonly osid: number;
  readonly start: string | null;
  readonly size: string | null;
  readonly end: string | null;
}

/** The rows of a hover's table; a cell without an address is an unknown one. */
function rowsOf(markdown: string): Row[] {
  return [...markdown.matchAll(/^\| (\d+) \|(.*)\|(.*)\|(.*)\|$/gm)].map(([, osid, ...cells]) => {
    const [start, size, end] = cells.map((cell) => /^\s*`(-?0x[0-9a-f]+)`/.exec(cell)?.[1] ?? null);
    return { osid: Number(osid), start: start ?? null, size: size ?? null, end: end ?? null };
  });
}

const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 2 ** 31);

it(`of ${COUNT} random trees (ORACLE_SEED=${seed})`, async () => {
  let compared = 0;
  for (const tree of fc.sample(trees, { numRuns: COUNT, seed })) {
    const client = new TestClient();
    for (const [path, text] of tree.files) client.write(`tree/${path}`, text);
    const { stdout } = spawnSync(process.execPath, [CLI, 'map', client.workspace, '--format', 'json'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const { nodes } = JSON.parse(stdout) as {
      nodes: { osid: number; regions: ({ name: string } & Omit<Row, 'osid'>)[] }[];
    };
    await client.initialize();
    await client.open(MAIN);
    const symbols = (await client.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri: client.uri(MAIN) },
    })) as DocumentSymbol[] | null;
    for (const { name, children } of symbols ?? []) {
      const at = children?.[0]?.selectionRange.start;
      const hover = at && (await client.hover(MAIN, at));
      if (!hover?.startsWith(`**${name}**`)) continue;
      const wanted = nodes.flatMap(({ osid, regions }) =>
        regions
          .filter((region) => region.name === name)
          .map(({ start, size, end }) => ({ osid, start, size, end })),
      );
      expect(rowsOf(hover), `${name} of a tree of seed ${seed}`).toEqual(wanted);
      compared += wanted.length;
    }
    await client.dispose();
  }
  expect(compared).toBeGreaterThan(COUNT);
});
