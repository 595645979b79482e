/** One catalogue in two languages: nothing missing, nothing unused, and no text that a person reads outside of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CodeStrings, codeStrings, stringsOf } from './code';
import { catalogueOf, faultyCalls, placeholders, textsOf, unusedIds } from './texts';

const en = catalogueOf('en');
const ja = catalogueOf('ja');
/** Scripts read their own file alone: they run before anything is built. */
const OF_SCRIPTS = 'scripts.json';
const product = codeStrings('server/src', 'client/src');
const scripts = codeStrings('scripts');
const ofProduct = Object.assign(
  {},
  ...[...en].filter(([file]) => file !== OF_SCRIPTS).map(([, texts]) => texts),
);
const ofScripts = en.get(OF_SCRIPTS) ?? {};

describe('the two languages', () => {
  it('have the same files', () => {
    expect([...ja.keys()]).toEqual([...en.keys()]);
  });

  it.each([...en.keys()])('have the same ids in %s, in the same order', (file) => {
    expect(Object.keys(ja.get(file) ?? {})).toEqual(Object.keys(en.get(file) ?? {}));
  });

  it.each([...en])('have the same placeholders in %s', (file, texts) => {
    const other = ja.get(file) ?? {};
    const each = (of: Record<string, string>) =>
      Object.entries(of).map(([id, text]) => [id, [...new Set(placeholders(text))]]);
    expect(each(other)).toEqual(each(texts));
  });

  it('have each id once', () => {
    const ids = [...en.values()].flatMap(Object.keys);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('are read by the server, all but the texts of scripts', () => {
    const source = readFileSync('server/src/messages.ts', 'utf8');
    const imported = [...source.matchAll(/l10n\/(\w+\/[\w-]+\.json)/g)].map(([, file]) => file);
    const there = ['en', 'ja'].flatMap((locale) => [...en.keys()].map((file) => `${locale}/${file}`));
    expect(imported.sort()).toEqual(there.filter((file) => !file.endsWith(OF_SCRIPTS)).sort());
  });
});

describe('code', () => {
  it('names every text', () => {
    expect(unusedIds(Object.keys(ofProduct), product)).toEqual([]);
    expect(unusedIds(Object.keys(ofScripts), scripts)).toEqual([]);
  });

  it('names no other, and fills its placeholders', () => {
    expect(faultyCalls(product, ofProduct)).toEqual([]);
    expect(faultyCalls(scripts, ofScripts)).toEqual([]);
  });

  it('holds no sentence of its own', () => {
    expect(sentences(codeStrings('server/src', 'client/src'))).toEqual([
      ['server/src/evidence/kernel-text.ts', 'Kernel code'],
      ['server/src/evidence/kexec-output.ts', 'MEMORY RANGES'],
      ['server/src/service/features/code-lens.ts', 'Modify following three params to setup memmap'],
      ['server/src/service/features/iomem/hover.ts', 'Kernel code'],
    ]);
  });
});

/** Literals with two words in a row, or with Japanese. `c/` is left out: what it writes is C, and it speaks in codes. */
function sentences({ written }: CodeStrings): readonly (readonly [string, string])[] {
  const found = written.filter(
    ({ file, text }) =>
      !file.includes('/src/c/') && /\p{L}{2,} \p{L}{2,}|[\p{Script=Kana}\p{Script=Han}]/u.test(text),
  );
  return found.map(({ file, text }) => [file, text]);
}

describe('the manifest', () => {
  const manifest = readFileSync('package.json', 'utf8');
  const english = textsOf('package.nls.json');
  const japanese = textsOf('package.nls.ja.json');

  it('has its texts in both languages', () => {
    expect(Object.keys(japanese)).toEqual(Object.keys(english));
    const empty = [english, japanese].flatMap(Object.entries).filter(([, text]) => text === '');
    expect(empty).toEqual([]);
  });

  it('names every text, and no other', () => {
    const named = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, id]) => id);
    expect([...new Set(named)].sort()).toEqual(Object.keys(english).sort());
  });

  it('holds no sentence of its own', () => {
    const shown = /"(?:title|description|markdownDescription|label|name|contents|detail)": "(?!%)([^"]*)"/g;
    const { contributes } = JSON.parse(manifest);
    expect([...JSON.stringify(contributes, undefined, 1).matchAll(shown)].map(([, text]) => text)).toEqual(
      [],
    );
  });
});

describe('these checks', () => {
  const source = `
    import { message } from 'some words here';
    type Kind = 'typed';
    const LEVELS = ['high'];
    message('a.plain', { one });
    message(\`a.level.\${level}\`, { ...more });
    throw new Error('a fault of the program');
    const label = 'told to people';
  `;
  const code = stringsOf(new Map([['a.ts', source]]));

  it('find an unused text, also among those put together', () => {
    const ids = ['a.plain', 'a.level.high', 'a.level.typed', 'a.level.low', 'b'];
    expect(unusedIds(ids, code)).toEqual(['a.level.typed', 'a.level.low', 'b']);
  });

  it('find a text that is not there, and a value that is', () => {
    expect(faultyCalls(code, {})).toEqual(['a.ts: there is no a.plain']);
    expect(faultyCalls(code, { 'a.plain': '{one} {two}' })).toEqual(['a.ts: a.plain is given no two']);
  });

  it('find a sentence in code, and take no error for one', () => {
    expect(sentences(code)).toEqual([['a.ts', 'told to people']]);
    expect(sentences(stringsOf(new Map([['a.ts', "f('領域')"]])))).toEqual([['a.ts', '領域']]);
  });
});
