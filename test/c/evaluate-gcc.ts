/** Compiles a fixture's tree with gcc for one OSID, runs it, and tells what it holds and what the sanitizer says. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { type EvaluateFixture, MAIN } from './evaluate-fixture';

/** What the program did for each call of the fixture. */
export interface GccOutcome {
  /** By name, as unsigned 64-bit numbers; undefined where the program did not end by itself. */
  readonly values: ReadonlyMap<string, bigint> | undefined;
  /** Lines of undefined behaviour, `kexec/mint.h:12`. */
  readonly undefined: ReadonlySet<string>;
}

const options = [
  '-std=gnu17',
  '-w',
  '-O0',
  // As gcc had it until version 10: headers of old trees define objects.
  '-fcommon',
  '-fsanitize=undefined',
  '-fsanitize=bounds-strict',
  '-fno-sanitize=alignment',
  '-Iinclude',
  '-Dmain=mint_main',
];

const driver = `
#include <stdio.h>
#include <stdlib.h>
void judge_call(int), judge_report(void);
void judge_print(const char *name, unsigned long long value) { fprintf(stderr, "%s is %llx\\n", name, value); }
#undef main
int main(int argc, char **argv) { judge_call(atoi(argv[1])); judge_report(); return 0; }
`;

/** One outcome for each of `fixture.calls`; none where gcc refuses the tree as the fixture says. Throws other complaints. */
export async function runWithGcc(fixture: EvaluateFixture, osid: number): Promise<readonly GccOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-evaluate-'));
  try {
    const all = new Map([
      ...fixture.files,
      ...fixture.outside,
      ['driver.c', driver],
      ['unit.c', unitOf(fixture)],
    ]);
    for (const [path, text] of all) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const sources = [...all.keys()].filter((path) => path.endsWith('.c') && path !== MAIN);
    const compiled = await start(folder, 'gcc', [
      ...options,
      ...fixture.gccOptions,
      `-DOSID=${osid}`,
      ...sources,
      '-o',
      'program',
    ]);
    if (compiled.failed !== fixture.refused.has(osid))
      throw new Error(compiled.stderr || 'gcc does not refuse it');
    if (compiled.failed) return [];
    const outcomes: GccOutcome[] = [];
    for (const index of fixture.calls.keys()) {
      const { failed, stderr } = await start(folder, './program', [String(index)]);
      outcomes.push({ values: failed ? undefined : valuesIn(stderr), undefined: undefinedIn(stderr) });
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function unitOf({ calls, watched }: EvaluateFixture): string {
  const cases = calls.map((call, index) => `case ${index}: ${call}; break;`);
  const prints = watched.map(
    ({ name, access }) => `judge_print("${name}", (unsigned long long)(${access}));`,
  );
  return `#include "${MAIN}"
extern void judge_print(const char *, unsigned long long);
void judge_call(int judge_index) { switch (judge_index) { ${cases.join(' ')} } }
void judge_report(void) { ${prints.join(' ')} }
`;
}

function valuesIn(text: string): ReadonlyMap<string, bigint> {
  const found = text.matchAll(/^(\w+) is ([\da-f]+)$/gm);
  return new Map(Array.from(found, ([, name = '', value]) => [name, BigInt(`0x${value}`)]));
}

function undefinedIn(text: string): ReadonlySet<string> {
  const found = text.matchAll(/^(\S+):(\d+):\d+: runtime error:/gm);
  return new Set(Array.from(found, ([, file = '', line]) => `${posix.normalize(file)}:${line}`));
}

function start(
  cwd: string,
  command: string,
  words: readonly string[],
): Promise<{ failed: boolean; stderr: string }> {
  const env = { ...process.env, LC_ALL: 'C' };
  return new Promise((resolve) => {
    execFile(command, words, { cwd, env, timeout: 20_000 }, (error, _, stderr) =>
      resolve({ failed: error !== null, stderr }),
    );
  });
}
