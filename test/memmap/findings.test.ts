/** How drafts become findings: severities, merging, limits, and rules that fail. */
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../server/src/memmap/findings';
import type { Draft, Rule } from '../../server/src/memmap/rule';
import { message } from '../../server/src/messages';
import { workspace } from './workspace';

const FILE = 'os0/kexec/firmware_memmap.c';
const TEXT =
  'unsigned long mint_region3_start = 0x20000000, mint_region3_size = 0x18000001;\nvoid f(void) {}\n';
const space = (settings = {}) => workspace(new Map([[FILE, TEXT]]), settings);
const { context, english, find } = space();

const draft = (nodes: readonly number[], name = 'x'): Draft => ({
  place: find(FILE, '0x18000001'),
  message: message('rule.empty', { variable: name, region: 'region3' }),
  nodes,
});
const rule = (name: string, check: Rule['check']): Rule => ({ name, severity: 'warning', check });

describe('findings', () => {
  it('take the severity of the settings, and leave out what is off', () => {
    const severities = (rules: Record<string, string>) =>
      space({ rules }).findings.map(({ severity }) => severity);
    expect(severities({})).toEqual(['warning']);
    expect(severities({ misaligned: 'error' })).toEqual(['error']);
    expect(severities({ misaligned: 'off' })).toEqual([]);
    expect(severities({ 'no-such-rule': 'error' })).toEqual(['warning']);
  });

  it("that say the same are one, of all their nodes; a draft's own severity counts", () => {
    const rules = [rule('a', () => [draft([2]), draft([0]), { ...draft([5], 'y'), severity: 'hint' }])];
    const found = findingsOf(context, rules);
    expect(found.map(({ nodes, severity }) => [nodes, severity])).toEqual([
      [[0, 2], 'warning'],
      [[5], 'hint'],
    ]);
    expect(found.map((one) => english(one.message))).toEqual([
      'OS nodes 0, 2: x is zero, region3 is empty.',
      'OS node 5: y is zero, region3 is empty.',
    ]);
  });

  it('of other rules are not lost where one rule fails', () => {
    const found = findingsOf(context, [
      rule('broken', () => {
        throw new Error('out of range');
      }),
      rule('whole', () => [draft([0])]),
    ]);
    expect(found.map((one) => `${one.severity} ${one.rule} ${english(one.message)}`)).toEqual([
      'error internal-error The rule broken failed: Error: out of range',
      'warning whole OS node 0: x is zero, region3 is empty.',
    ]);
  });

  it('of one rule at one place are cut, and say how many there are', () => {
    const many = Array.from({ length: 50 }, (_, i) => draft([i], `v${i}`));
    const found = findingsOf(context, [rule('a', () => many), rule('b', () => [draft([0])])]);
    expect(found.filter((one) => one.rule === 'a')).toHaveLength(21);
    expect(found.filter((one) => one.rule === 'b')).toHaveLength(1);
    expect(found.some((one) => english(one.message) === '30 more of the same here')).toBe(true);
  });

  it('compute their fixes once, when they are asked for', () => {
    let asked = 0;
    const fixes = () => {
      asked++;
      return [];
    };
    const [found] = findingsOf(context, [rule('a', () => [{ ...draft([0]), fixes }])]);
    expect(asked).toBe(0);
    expect([found?.fixes, found?.fixes]).toEqual([[], []]);
    expect(asked).toBe(1);
  });

  it('stand in order of file, place and severity', () => {
    const at = (text: string, severity: Draft['severity']): Draft => ({
      ...draft([0]),
      place: find(FILE, text),
      ...(severity ? { severity } : {}),
    });
    const found = findingsOf(context, [
      rule('z', () => [at('f(void)', 'error'), at('0x18000001', 'hint')]),
      rule('a', () => [at('0x20000000', 'hint'), at('0x18000001', 'error')]),
    ]);
    expect(found.map((one) => `${one.rule} ${one.severity}`)).toEqual([
      'a hint',
      'a error',
      'z hint',
      'z error',
    ]);
  });

  it('of two drafts name each related place once, and all that may be allowed', () => {
    const place = find(FILE, 'f(void)');
    const other = find(FILE, '0x20000000');
    const related = (at: typeof place, name: string) => ({
      place: at,
      message: message('rule.declared-here', { name }),
    });
    const allowable = (osid: number) => [{ nodes: [0, osid], regions: ['region3', 'region3'] }] as const;
    const [found] = findingsOf(context, [
      rule('a', () => [
        { ...draft([0]), related: [related(place, 'one'), related(other, 'two')], allowable: allowable(1) },
        { ...draft([1]), related: [related(place, 'three')], allowable: allowable(2) },
      ]),
    ]);
    expect(found?.related.map((one) => one.message.args?.name)).toEqual(['one', 'two']);
    expect(found?.allowable).toEqual([...allowable(1), ...allowable(2)]);
    expect(found?.nodes).toEqual([0, 1]);
  });

  it('offer the same edits once, under the first title', () => {
    const fix = (name: string, newText: string) => ({
      title: message('rule.declared-here', { name }),
      edits: [{ place: find(FILE, '0x18000001'), newText }],
    });
    const [found] = findingsOf(context, [
      rule('a', () => [
        { ...draft([0]), fixes: () => [fix('one', '1'), fix('two', '2')] },
        { ...draft([1]), fixes: () => [fix('three', '1')] },
      ]),
    ]);
    expect(found?.fixes.map(({ title }) => title.args?.name)).toEqual(['one', 'two']);
  });

  it('are apart where anything of them differs, and none of no node say so', () => {
    const at = (start: number, end: number, file = find(FILE, 'f').file): Draft => ({
      ...draft([]),
      place: { file, start, end },
    });
    const found = findingsOf(context, [
      rule('a', () => [at(1, 2), at(1, 2), at(1, 3), at(0, 2), at(1, 2, 'file:///workspace/b')]),
      rule('b', () => [at(1, 2)]),
    ]);
    expect(
      found.map(({ rule: name, place: { start, end, file } }) => [name, start, end, file.split('/').at(-1)]),
    ).toEqual([
      ['a', 1, 2, 'b'],
      ['a', 0, 2, 'firmware_memmap.c'],
      ['a', 1, 2, 'firmware_memmap.c'],
      ['b', 1, 2, 'firmware_memmap.c'],
      ['a', 1, 3, 'firmware_memmap.c'],
    ]);
    expect(found[0]?.message.args).not.toHaveProperty('nodes');
  });
});
