import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeSpan, escapeMarkdown, plainText, table } from '../../server/src/service/markdown';

const text = fc
  .array(fc.constantFrom('a', '_', ' ', '`', '*', '|', '[', ']', '(', ')', '\\', '<', '&', '領'), {
    minLength: 1,
  })
  .map((characters) => characters.join(''));

/** A bar at a line's beginning begins a row of a table: no text of ours begins with one. */
const line = text.filter((given) => !given.startsWith('|'));

describe('Markdown as plain text', () => {
  it('is the text that was escaped', () => {
    fc.assert(fc.property(line, (given) => plainText(escapeMarkdown(given)) === given));
  });

  it('is the code in a span', () => {
    const code = text.filter((given) => given.trim() === given);
    fc.assert(fc.property(code, (given) => plainText(codeSpan(given)) === given));
  });

  it('has the words of links, bold text without its marks, and rows below each other', () => {
    const rows = table(
      ['Node', 'Start'],
      [
        ['0', codeSpan('0x20000000')],
        ['10', escapeMarkdown('a|b')],
      ],
    );
    expect(
      plainText(`**region3**\n\n${rows}\n\n- ${codeSpan('x')} — [mint.h:1](file:///a%28b%29/mint.h#L1,1)`),
    ).toBe(['region3', '', 'Node  Start', '0     0x20000000', '10    a|b', '', '- x — mint.h:1'].join('\n'));
  });
});
