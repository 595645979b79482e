/** The picture as a table, and the figures of the manual. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../server/src/picture/text-width';
import { exportPicture } from '../../server/src/service/features/picture';
import { printed } from './drawn';
import { figure1, figure2, figure3, projectOf } from './project';

const ROOT = join(import.meta.dirname, '../..');

describe('Markdown', () => {
  it('is a heading, the window and a table', () => {
    const lines = exportPicture(figure1, undefined, 'markdown', 'en')?.split('\n') ?? [];
    expect(lines.slice(0, 9)).toEqual([
      '# Recognized memory of each OS node',
      '',
      '3 OS nodes · no overlap',
      '',
      'Window 0x20000000–0x68000000 (1152 MiB)',
      '',
      '| OS node | Region | Start | End (exclusive) | Size | Overlaps | Kernel text | Dumps |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      '| OS node 0 | region1 | 0x0 | 0x20000 | 128 KiB |  |  | seen in os0.iomem |',
    ]);
    expect(lines).toHaveLength(17);
  });

  it('has a table for each state, and what changed', () => {
    const text = exportPicture(figure2, { title: 'a | b', snapshot: figure1 }, 'markdown', 'en');
    expect(text).toContain('## Before: a | b');
    expect(text).toContain('## Now');
    expect(text).toMatch(/\| OS node 0 \| region3 .*\| end 0x38000000 → 0x68000000 \|/);
  });
});

it('text is aligned on a terminal, in Japanese too', () => {
  const lines = exportPicture(figure2, undefined, 'text', 'ja')?.split('\n').slice(4) ?? [];
  expect(lines).toHaveLength(10);
  const sizes = lines.map((line) => columnsOf(line.slice(0, line.search(/サイズ|\d+ [KM]iB/))));
  expect(new Set(sizes).size).toBe(1);
});

it('there is no picture without OS nodes', async () => {
  expect(exportPicture(await projectOf({ nodes: [] }), undefined, 'svg', 'en')).toBeUndefined();
});

it.each(['en', 'ja'] as const)('the figures of docs/images are what the sample draws, in %s', (locale) => {
  const before = { title: 'samples/three-nodes', snapshot: figure1 };
  const figures = {
    'figure-1': printed(figure1, undefined, locale),
    'figure-2': printed(figure2, undefined, locale),
    'figure-3': printed(figure3, undefined, locale),
    figures: printed(figure2, before, locale),
  };
  for (const [name, svg] of Object.entries(figures)) {
    const file = join(ROOT, 'docs/images', `${name}.${locale}.svg`);
    expect(readFileSync(file, 'utf8') === `${svg}\n`, `${file} is stale: npm run pictures`).toBe(true);
  }
});
