/** The order of the rooms is enforced by lint; here lint itself is tried on imports that break it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const FORBIDDEN = [
  ['server/src/c/forbidden1.ts', '../range'],
  ['server/src/c/forbidden2.ts', '../memmap/layout'],
  ['server/src/c/run/forbidden.ts', '../../range'],
  ['server/src/c/forbidden3.ts', 'node:fs'],
  ['server/src/project/forbidden.ts', '../c/source'],
  ['server/src/memmap/rules/forbidden.ts', '../../service/snapshot'],
  ['server/src/memmap/forbidden.ts', 'vscode-languageserver'],
  ['server/src/memmap/forbidden2.ts', '../picture/svg'],
  ['server/src/picture/forbidden1.ts', '../service/snapshot'],
  ['server/src/picture/forbidden2.ts', 'node:fs'],
  ['server/src/service/features/forbidden.ts', '../../lsp/server'],
  ['server/src/service/forbidden.ts', 'node:path'],
  ['server/src/cli/forbidden.ts', '../lsp/server'],
  ['client/src/forbidden.ts', '../../server/src/memmap/layout'],
] as const;

const ALLOWED = [
  ['server/src/memmap/allowed.ts', '../c/evaluation'],
  ['server/src/picture/allowed.ts', '../memmap/layout'],
  ['server/src/service/allowed2.ts', '../picture/svg'],
  ['server/src/service/allowed.ts', '../memmap/layout'],
  ['server/src/lsp/allowed1.ts', '../service/snapshot'],
  ['server/src/lsp/allowed2.ts', 'node:fs'],
  ['client/src/allowed.ts', '../../server/src/protocol'],
] as const;

it('lint refuses the imports that go up the house, and no others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-rooms-'));
  try {
    cpSync('biome.json', join(folder, 'biome.json'));
    for (const [file, imported] of [...FORBIDDEN, ...ALLOWED]) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), `import { x } from '${imported}';\nexport const y = x;\n`);
    }
    const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
    const args = [
      'lint',
      '--vcs-enabled=false',
      '--only=style/noRestrictedImports',
      '--max-diagnostics=none',
      '--colors=off',
      '.',
    ];
    const { stdout, stderr } = spawnSync(process.execPath, [biome, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    const refused = [...(stdout + stderr).matchAll(/^(\S+):\d+:\d+ lint\/style\/noRestrictedImports/gm)].map(
      (match) => match[1],
    );
    expect(refused.sort()).toEqual(FORBIDDEN.map(([file]) => file).sort());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
