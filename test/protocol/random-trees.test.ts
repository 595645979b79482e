/** The server and the command line show the same values of random source trees: each region's row in a hover is the JSON's. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DocumentSymbol, DocumentSymbolRequest } from 'vscode-languageserver/node';
import { trees } from '../oracle/tree';
import { TestClient } from './client';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 2 ** 31);
/** `ORACLE_TREES=1000 npx vitest run test/protocol/random-trees.test.ts` tries more, the same as `npm run oracle -- 1000 SEED`. */
const count = Number(process.env.ORACLE_TREES ?? 30);
/** As many trees have one seed as in `npm run oracle`; the next ones have the next seed. */
const PER_SEED = 50;
/** So many trees are projects of one workspace: one server and one call of the command line for all of them. */
const BATCH = 200;
/** Values are what is compared; the rule that runs each tree for one more OSID is not needed for them. */
const PROJECT = '{ "nodeCount": 3, "rules": { "signed-overflow": "off" } }';

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

type JsonNode = {
  readonly osid: number;
  readonly project: string;
  readonly regions: readonly (Omit<Row, 'osid'> & { readonly name: string })[];
};

/** The rows of each region of a tree, as the command line has them. */
function mapOf(workspace: string): (project: string, region: string) => readonly Row[] {
  const { stdout } = spawnSync(process.execPath, [CLI, 'map', workspace, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const { nodes }: { nodes: JsonNode[] } = JSON.parse(stdout);
  return (project, region) =>
    nodes
      .filter((node) => node.project === project)
      .flatMap(({ osid, regions }) =>
        regions
          .filter(({ name }) => name === region)
          .map(({ start, size, end }) => ({ osid, start, size, end })),
      );
}

/** The files of the trees from `first` to before `last` of the run; `first` begins a seed. */
function treesOf(first: number, last: number): ReadonlyMap<string, string>[] {
  const all: ReadonlyMap<string, string>[] = [];
  for (let from = first; from < last; from += PER_SEED) {
    const numRuns = Math.min(PER_SEED, last - from);
    all.push(
      ...fc.sample(trees, { numRuns, seed: seed + from / PER_SEED }).map(({ files }) => new Map(files)),
    );
  }
  return all;
}

/** @returns how many rows were compared */
async function compare(files: readonly ReadonlyMap<string, string>[]): Promise<number> {
  const client = new TestClient();
  try {
    files.forEach((tree, index) => {
      client.write(`t${index}/kexec-mint.json`, PROJECT);
      for (const [path, text] of tree) client.write(`t${index}/tree/${path}`, text);
    });
    const wanted = mapOf(client.workspace);
    await client.initialize();
    let rows = 0;
    for (const index of files.keys()) rows += await compareTree(client, index, wanted);
    return rows;
  } finally {
    client.dispose();
  }
}

async function compareTree(
  client: TestClient,
  index: number,
  wanted: ReturnType<typeof mapOf>,
): Promise<number> {
  const main = `t${index}/tree/kexec/firmware_memmap.c`;
  const symbols = (await client.connection.sendRequest(DocumentSymbolRequest.type, {
    textDocument: { uri: client.uri(main) },
  })) as DocumentSymbol[] | null;
  let rows = 0;
  for (const { name, children } of symbols ?? []) {
    const at = children?.[0]?.selectionRange.start;
    const hover = at && (await client.hover(main, at));
    if (!hover?.startsWith(`**${name}**`)) continue;
    const expected = wanted(`t${index}/kexec-mint.json`, name);
    expect(rowsOf(hover), `${name} of tree ${index} of seed ${seed}`).toEqual(expected);
    rows += expected.length;
  }
  return rows;
}

it(
  `of ${count} random trees (ORACLE_SEED=${seed})`,
  async () => {
    let rows = 0;
    for (let first = 0; first < count; first += BATCH) {
      const last = Math.min(first + BATCH, count);
      rows += await compare(treesOf(first, last));
      console.log(`${rows} rows of ${last} trees are the same in the server and on the command line`);
    }
    expect(rows).toBeGreaterThan(count);
  },
  count * 10_000,
);
