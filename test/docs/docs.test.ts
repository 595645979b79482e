/** Pages have a twin in the other language, with the same shape and facts; links and pictures lead somewhere. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Page, pageOf, readPage } from './page';

const pagesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const pages = [
  'README.md',
  'README.ja.md',
  ...pagesIn('docs'),
  ...readdirSync('samples').flatMap((sample) => pagesIn(join('samples', sample))),
];
const english = pages.filter((page) => !page.endsWith('.ja.md'));
const twin = (page: string) => page.replace(/\.md$/, '.ja.md');

it('every page has a twin', () => {
  expect(pages.filter((page) => page.endsWith('.ja.md')).sort()).toEqual(english.map(twin).sort());
});

describe.each(english)('%s and its twin', (file) => {
  it('have the same blocks, code, addresses and links', () => {
    expect(withoutSwitch(readPage(twin(file)))).toEqual(withoutSwitch(readPage(file)));
  });

  it('lead to each other in the line below the title', () => {
    const [en, ja] = [file, twin(file)].map((page) => readPage(page).targets[0]);
    expect([en, ja].map((target) => target && join(dirname(file), target))).toEqual([twin(file), file]);
  });
});

it('a page whose twin has fallen behind is found', () => {
  const old = pageOf('# A\n\nIt is `0x20`.\n\n```c\na = 1; // one\n```\n\n- b\n');
  for (const [changed, same] of [
    ['# A\n\n`0x20` です。\n\n```c\na = 1; // 1 つ\n```\n\n- c\n', true],
    ['# A\n\n`0x21` です。\n\n```c\na = 1; // 1 つ\n```\n\n- c\n', false],
    ['# A\n\n`0x20` です。\n\n```c\na = 2; // 1 つ\n```\n\n- c\n', false],
    ['# A\n\n`0x20` です。\n\n```c\na = 1; // 1 つ\n```\n\n- c\n- d\n', false],
    ['# A\n\n`0x20` です。\n\n```c\na = 1; // 1 つ\n```\n', false],
  ] as const) {
    expect(JSON.stringify(pageOf(changed).blocks) === JSON.stringify(old.blocks)).toBe(same);
  }
});

const all = [...pages, 'ARCHITECTURE.md', 'CONTRIBUTING.md'];

it.each(all)('every link of %s leads somewhere', (file) => {
  const lost = readPage(file).targets.filter((target) => {
    if (/^https?:/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const there = path === '' ? file : join(dirname(file), path);
    return !existsSync(there) || (anchor !== undefined && !anchorsOf(there).includes(anchor));
  });
  expect(lost).toEqual([]);
});

it('every picture is shown on a page', () => {
  const shown = all.flatMap((file) => readPage(file).targets.map((target) => join(dirname(file), target)));
  const taken = readdirSync('docs/images').map((name) => join('docs/images', name));
  expect(taken.filter((picture) => !shown.includes(picture))).toEqual([]);
});

/** Names that GitHub gives the headings of a page. */
function anchorsOf(file: string): readonly string[] {
  return readPage(file).headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}ー _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The line that leads to the other language is the second block. */
function withoutSwitch({ blocks }: Page): Page['blocks'] {
  return blocks.filter((_, index) => index !== 1);
}
