/** The grammars, judged by fixtures that mark what each stretch of a line is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFixture, tokenizer } from './tokenize';

const fixtures = [
  ['source.c', 'regions.txt'],
  ['source.cpp', 'regions.txt'],
  ['source.iomem', 'iomem.txt'],
] as const;

describe.each(fixtures)('%s: %s', async (scopeName, file) => {
  const { text, marks } = readFixture(readFileSync(join(import.meta.dirname, 'fixtures', file), 'utf8'));
  const lines = (await tokenizer(scopeName))(text);
  it('has marks', () => expect(marks).not.toEqual([]));
  it.each(marks)('line $line, $start to $end: $scope ($has)', ({ line, start, end, scope, has }) => {
    const under = lines[line]?.filter((token) => token.startIndex < end && token.endIndex > start) ?? [];
    expect(under).not.toEqual([]);
    if (has) {
      // A mark is as long as the scope, so a scope that begins early or ends late shows too.
      const scoped = lines[line]?.filter((token) => token.scopes.includes(scope)) ?? [];
      expect(scoped.some((token) => token.startIndex === start)).toBe(true);
      expect(scoped.some((token) => token.endIndex === end)).toBe(true);
      expect(under.map((token) => token.scopes)).toEqual(under.map(() => expect.arrayContaining([scope])));
    } else expect(under.flatMap((token) => token.scopes)).not.toContain(scope);
  });
});
