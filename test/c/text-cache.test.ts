import { describe, expect, it } from 'vitest';
import { tokenize } from '../../server/src/c/preprocessor/lexer';
import { scanChanges } from '../../server/src/c/run/scan';
import { TextCache } from '../../server/src/c/text-cache';

const text = 'int size; void set(int value) { size = value; }';

const scans = (limit: number) =>
  new TextCache(limit, (file, source) => scanChanges(tokenize(file, source).tokens));

describe('scans of files', () => {
  it('are kept as long as the text is the same', () => {
    const cache = scans(1000);
    const first = cache.get('a.c', text);
    expect(first.changes).toMatchObject([{ name: 'size', by: 'set', place: { file: 'a.c' } }]);
    expect(cache.get('a.c', text)).toBe(first);
    const changed = cache.get('a.c', `${text} int more;`);
    expect(changed).not.toBe(first);
    expect(changed.fileScope).toContain('more');
  });

  it('go when their texts are too much, the longest unused first', () => {
    const cache = scans(2 * text.length);
    const a = cache.get('a.c', text);
    const b = cache.get('b.c', text);
    expect(cache.get('a.c', text)).toBe(a);
    cache.get('c.c', text);
    expect(cache.get('a.c', text)).toBe(a);
    expect(cache.get('b.c', text)).not.toBe(b);
  });
});
