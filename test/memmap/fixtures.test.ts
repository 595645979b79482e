/** Each rule on small source trees: what it finds, what it does not, and that every fix keeps its promise. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding, Fix } from '../../server/src/memmap/finding';
import { findingsOf } from '../../server/src/memmap/findings';
import { samePlace } from '../../server/src/memmap/places';
import { RULES } from '../../server/src/memmap/rules';
import { type Message, type Place, render } from '../../server/src/messages';
import type { Settings } from '../../server/src/project/settings';
import { promiseKept } from './promises';
import { filesBelow, rangesOf, repositoryFolder, type Workspace, workspace } from './workspace';

const FIXTURES = repositoryFolder('test/memmap/fixtures');
const names = readdirSync(FIXTURES).sort();

/** `expected.json` of a fixture. */
interface Expected {
  readonly settings?: Record<string, string>;
  readonly findings: readonly { readonly fixes?: unknown }[];
}

const spaces = new Map<string, Workspace>();

function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(join(FIXTURES, name, 'expected.json'), 'utf8'));
}

/** The fixture, read and evaluated by the first test that asks for it. */
function spaceOf(name: string): Workspace {
  const files = () => filesBelow(join(FIXTURES, name), (path) => path !== 'expected.json');
  const space = spaces.get(name) ?? workspace(files(), settingsIn(expectedOf(name).settings ?? {}));
  spaces.set(name, space);
  return space;
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
    ...(found.allowable.length > 0
      ? {
          allowable: found.allowable.map(({ nodes, regions }) =>
            nodes.map((osid, index) => `${regions[index]} of OS node ${osid}`),
          ),
        }
      : {}),
    ...(found.fixes.length > 0
      ? {
          fixes: Object.fromEntries(
            found.fixes.map((fix) => [
              `${space.english(fix.title)}${fix.preferred ? ' (preferred)' : ''}`,
              changes(space, fix),
            ]),
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
  const expected = expectedOf(name);

  it('has the regions and findings it should have', () => {
    const { settings } = expected;
    const space = spaceOf(name);
    expect({ ...(settings ? { settings } : {}), regions: rangesOf(space), findings: shown(space) }).toEqual(
      expected,
    );
  });

  it('tells each problem of the evaluations once', () => {
    const space = spaceOf(name);
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

  if (!expected.findings.some(({ fixes }) => fixes)) return;
  it('every fix gives what it promises, and mends what it is offered for', () => {
    const space = spaceOf(name);
    // Anew: findings keep the fixes that the test before asked for.
    const fixes = findingsOf(space.context).flatMap((found) => found.fixes.map((fix) => ({ found, fix })));
    expect(fixes).not.toEqual([]);
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
  const all = () => names.flatMap((name) => spaceOf(name).findings);

  it('the fixtures make every rule speak', () => {
    expect([...new Set(all().map(({ rule }) => rule))].sort()).toEqual(RULES.map(({ name }) => name).sort());
  });

  it('every message and title has all its values, in both languages', () => {
    const texts: Message[] = all().flatMap((found) => [
      found.message,
      ...found.related.map((other) => other.message),
      ...found.fixes.map((fix) => fix.title),
    ]);
    for (const locale of ['en', 'ja'] as const) {
      for (const text of texts) expect(render(text, locale)).not.toMatch(/\{\w+\}/);
    }
  });
});
