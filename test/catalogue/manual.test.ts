/** The manual of the rules in Japanese cannot fall behind its English, the comments of the rules. */
import { describe, expect, it } from 'vitest';
import { translated } from '../../scripts/lib/manual.mjs';

const COMMENT = `Two lines
of a paragraph.

Example: with \`x\`
\`\`\`c
a = 1;\t// 0x20000000
b = 2;\t// what it is for
\`\`\`

| size | result |
|---|---|
| 1 | good |`;

const TEXTS = {
  'Two lines of a paragraph.': '2 行の段落。',
  'Example: with `x`': '例: `x` のとき',
  'what it is for': '用途',
  '| size | result |': '| サイズ | 結果 |',
  '| 1 | good |': '| 1 | 良好 |',
};

describe('a comment in Japanese', () => {
  it('keeps code, and has each paragraph on one line', () => {
    expect(translated(COMMENT, TEXTS)).toEqual({
      text: '2 行の段落。\n\n例: `x` のとき\n```c\na = 1;\t// 0x20000000\nb = 2;\t// 用途\n```\n\n| サイズ | 結果 |\n|---|---|\n| 1 | 良好 |',
      faults: [],
    });
  });

  it('is not whole where a sentence was changed', () => {
    const { faults } = translated(COMMENT.replace('a paragraph', 'one paragraph'), TEXTS);
    expect(faults).toEqual([
      'not translated: Two lines of one paragraph.',
      'translates nothing: Two lines of a paragraph.',
    ]);
  });
});
