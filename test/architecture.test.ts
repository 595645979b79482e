/** The order of the rooms is enforced by lint; here lint itself is tried on imports that break it. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

function lint(file: string, imported: string): string {
  const result = spawnSync(
    process.execPath,
    [
      'node_modules/@biomejs/biome/bin/biome',
      'lint',
      '--only=style/noRestrictedImports',
      `--stdin-file-path=${file}`,
    ],
    { input: `import { x } from '${imported}';\nexport const y = x;\n`, encoding: 'utf8' },
  );
  return result.stdout + result.stderr;
}

describe('import rules', () => {
  it.each([
    ['server/src/c/expressions.ts', '../range'],
    ['server/src/c/expressions.ts', '../memmap/layout'],
    ['server/src/c/expressions.ts', 'node:fs'],
    ['server/src/project/tree.ts', '../c/source'],
    ['server/src/memmap/rules/misaligned.ts', '../../service/snapshot'],
    ['server/src/memmap/layout.ts', 'vscode-languageserver'],
    ['server/src/service/features/hover.ts', '../../lsp/server'],
    ['server/src/service/snapshot.ts', 'node:path'],
    ['server/src/cli/map.ts', '../lsp/server'],
    ['client/src/extension.ts', '../../server/src/memmap/layout'],
  ])('%s may not import %s', (file, imported) => {
    expect(lint(file, imported)).toContain('noRestrictedImports');
  });

  it.each([
    ['server/src/memmap/layout.ts', '../c/evaluation'],
    ['server/src/service/snapshot.ts', '../memmap/layout'],
    ['server/src/lsp/server.ts', '../service/snapshot'],
    ['server/src/lsp/files.ts', 'node:fs'],
    ['client/src/extension.ts', '../../server/src/protocol'],
  ])('%s may import %s', (file, imported) => {
    expect(lint(file, imported)).not.toContain('noRestrictedImports');
  });
});
