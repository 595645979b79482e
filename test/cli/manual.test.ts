/** The manual says what `--help` says. `npx vitest run test/cli/manual.test.ts -u` writes it anew. */
import { expect, it } from 'vitest';
import { COMMANDS } from '../../server/src/cli/commands';
import { manualPage } from '../../server/src/cli/words/manual';

it.each([
  ['en', '../../docs/cli.md'],
  ['ja', '../../docs/cli.ja.md'],
] as const)('the manual in %s is up to date', async (locale, page) => {
  await expect(manualPage(COMMANDS, locale)).toMatchFileSnapshot(page);
});
