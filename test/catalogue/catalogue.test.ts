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
    // What other programs print, sources say and browsers obey; keys, classes and fonts.
    expect([...sentences(product)].sort()).toEqual([
      ['client/src/map/shell.ts', 'img-src blob:'],
      ['server/src/evidence/kernel-text.ts', 'Kernel code'],
      ['server/src/evidence/kexec-output.ts', 'MEMORY RANGES'],
      ['server/src/memmap/memory/table.ts', ' of none'],
      ['server/src/picture/legend.ts', 'evidence agrees'],
      ['server/src/picture/legend.ts', 'evidence differs surplus'],
      ['server/src/picture/legend.ts', 'overlap allowed'],
      ['server/src/picture/legend.ts', 'ram trial'],
      ['server/src/picture/style.ts', "'DejaVu Sans Mono', 'Noto Sans Mono', monospace"],
      [
        'server/src/picture/style.ts',
        "'Noto Sans', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', sans-serif",
      ],
      ['server/src/service/features/code-lens.ts', 'Modify following three params to setup memmap'],
      ['server/src/service/features/iomem/hover.ts', 'Kernel code'],
    ]);
  });
});

/** What is written there is for machines: C, about which this speaks in codes, and the scripts of a guest and of shells. */
const FOR_MACHINES = /\/src\/c\/|\/cli\/boot\/initramfs\.ts$|\/cli\/words\/shell-scripts\.ts$/;

/** Literals with two words in a row, or with Japanese. */
function sentences({ written }: CodeStrings): readonly string[][] {
  const found = written.filter(
    ({ file, text }) =>
      !FOR_MACHINES.test(file) &&
      /\p{L}{2,} \p{L}{2,}|[\p{Script=Kana}\p{Script=Han}]/u.test(withoutMarkup(text)),
  );
  return found.map(({ file, text }) => [file, text]);
}

/** Tags are for machines, all but the attributes that are read or spoken. */
function withoutMarkup(text: string): string {
  const read = /\b(?:aria-label|title|alt|placeholder)="([^"]*)"/g;
  return text.replace(
    /<[^>]*>/g,
    (tag) => `\n${[...tag.matchAll(read)].map(([, value]) => value).join('\n')}\n`,
  );
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

  it.each([
    [`\`<p class="one two">\${say()}</p>\``, []],
    ['`<p class="one two">told here</p>`', ['<p class="one two">told here</p>']],
    [`\`<p aria-label="told here">\${say()}</p>\``, ['<p aria-label="told here">…</p>']],
    ["element('g', { class: 'one two' })", []],
    ["element('g', { title: 'told here' })", ['told here']],
  ])('find a sentence in markup, and take no tag or class for one: %s', (markup, found) => {
    expect(sentences(stringsOf(new Map([['a.ts', markup]]))).map(([, text]) => text)).toEqual(found);
  });
});
