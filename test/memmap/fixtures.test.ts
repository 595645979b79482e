/** Each rule on small source trees: what it finds, what it does not, and that every fix keeps its promise. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding, Fix } from '../../server/src/memmap/finding';
import { samePlace } from '../../server/src/memmap/places';
import { RULES } from '../../server/src/memmap/rules';
import { type Message, type Place, render } from '../../server/src/messages';
import type { Settings } from '../../server/src/project/settings';
import { promiseKept } from './promises';
import { filesBelow, rangesOf, repositoryFolder, type Workspace, workspace } from './workspace';

const FIXTURES = repositoryFolder('test/memmap/fixtures');
const names = readdirSync(FIXTURES).sort();

function load(name: string): { readonly expected: unknown; readonly space: Workspace } {
  const folder = join(FIXTURES, name);
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  const files = filesBelow(folder, (path) => path !== 'expected.json');
  return { expected, space: workspace(files, settingsIn(expected.settings ?? {})) };
}

/** JSON has no BigInt: an alignment stands there as in C. */
function settingsIn({ kernelTextAlignment, ...settings }: Record<string, string>): Partial<Settings> {
  return {
    ...settings,
    ...(kernelTextAlignment === undefined ? {} : { kernelTextAlignment: BigInt(kernelTextAlignment) }),
  };
}

/** The findings as `expected.json` has them. */
function shown(space: Workspace) {
  const place = (at: Place) => `${space.placeText(at)} ${space.text(at)}`.trimEnd();
  return space.findings.map((found) => ({
    rule: found.rule,
    severity: found.severity,
    at: place(found.place),
    nodes: found.nodes,
    message: space.english(found.message),
    ...(found.related.length > 0
      ? { related: found.related.map((other) => `${place(other.place)}: ${space.english(other.message)}`) }
      : {}),
    ...(found.fixes.length > 0
      ? {
          fixes: Object.fromEntries(
            found.fixes.map((fix) => [space.english(fix.title), changes(space, fix)]),
          ),
        }
      : {}),
  }));
}

/** The changed lines of a fix, `- old` and `+ new`. */
function changes(space: Workspace, fix: Fix): readonly string[] {
  const after = space.edited(fix.edits);
  return [...new Set(fix.edits.map((edit) => edit.place.file))].flatMap((file) => {
    const [old, now] = [space, after].map((one) => (one.context.text(file) ?? '').split('\n'));
    const removed = (old ?? []).filter((line) => !now?.includes(line)).map((line) => `- ${line.trim()}`);
    const added = (now ?? []).filter((line) => !old?.includes(line)).map((line) => `+ ${line.trim()}`);
    return [...removed, ...added];
  });
}

describe.each(names)('%s', (name) => {
  const { expected, space } = load(name);

  it('has the regions and findings it should have', () => {
    const { settings } = expected as { settings?: unknown };
    expect({ ...(settings ? { settings } : {}), regions: rangesOf(space), findings: shown(space) }).toEqual(
      expected,
    );
  });

  it('tells each problem of the evaluations once', () => {
    const tellers = ['signed-overflow', 'undefined-behaviour', 'unreadable-source'];
    for (const { osid, evaluation } of space.layout.nodes) {
      for (const { place } of evaluation.problems) {
        const told = space.findings.filter(
          (found) =>
            tellers.includes(found.rule) && found.nodes.includes(osid) && samePlace(found.place, place),
        );
        expect(told).toHaveLength(1);
      }
    }
  });

  const fixes = space.findings.flatMap((found) => found.fixes.map((fix) => ({ found, fix })));
  if (fixes.length === 0) return;
  it('every fix gives what it promises, and mends what it is offered for', () => {
    for (const { found, fix } of fixes) {
      const after = promiseKept(space, fix);
      expect(after.findings.filter((left) => isSame(left, found))).toEqual([]);
    }
  });
});

function isSame(a: Finding, b: Finding): boolean {
  return (
    a.rule === b.rule &&
    a.place.file === b.place.file &&
    String(a.nodes) === String(b.nodes) &&
    a.message.args?.region === b.message.args?.region &&
    a.severity === b.severity
  );
}

describe('together', () => {
  const all = names.flatMap((name) => load(name).space.findings);

  it('the fixtures make every rule speak', () => {
    expect([...new Set(all.map(({ rule }) => rule))].sort()).toEqual(RULES.map(({ name }) => name).sort());
  });

  it('every message and title has all its values, in both languages', () => {
    const texts: Message[] = all.flatMap((found) => [
      found.message,
      ...found.related.map((other) => other.message),
      ...found.fixes.map((fix) => fix.title),
    ]);
    for (const locale of ['en', 'ja'] as const) {
      for (const text of texts) expect(render(text, locale)).not.toMatch(/\{\w+\}/);
    }
  });
});
