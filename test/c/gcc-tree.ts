/** gcc's own trees of a text's functions, as the judge of what the text means. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The output of gcc's preprocessor for a text or a file; throws what gcc complains of. */
export function preprocessed(input: { text: string } | { file: string }, ...options: string[]): string {
  return run(
    ['-E', '-P', '-xc', ...options, 'file' in input ? input.file : '-'],
    'text' in input ? input.text : '',
  );
}

/**
 * One text for each function of a preprocessed unit, in order, without numbers of temporaries, pointer qualifiers (the
 * IR leaves them out), `void` in `f (void)`, assembly, declarations of labels (printed as errors) and fall-through
 * marks. Throws what gcc complains of.
 */
export function functionTrees(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-tree-'));
  try {
    const dump = join(folder, 'dump');
    writeFileSync(join(folder, 'unit.c'), text);
    run(['-S', '-o', join(folder, 'unit.s'), `-fdump-tree-original-nouid=${dump}`, join(folder, 'unit.c')]);
    return readFileSync(dump, 'utf8')
      .replace(/\b[CD]\.\d+\b|<T[0-9a-f]+>/g, '')
      .replace(/ ?\b(restrict|volatile)\b/g, '')
      .replace(/\(void\)/g, '()')
      .replace(/^\s*__asm__.*$/gm, 'asm')
      .replace(/ __asm__ \(\*\w+\)|^.*(<<< error >>>|\.FALLTHROUGH \(\));\n/gm, '')
      .split(/^;; Function /m)
      .slice(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(options: readonly string[], input = ''): string {
  const spawned = spawnSync('gcc', ['-std=gnu17', '-w', ...options], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (spawned.status !== 0) throw new Error(spawned.stderr);
  return spawned.stdout;
}
