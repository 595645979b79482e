/** npm run icon: draws media/icon.svg as media/icon.png, the only kind of picture that a gallery takes. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPage } from './lib/editor/page.mjs';
import { main } from './lib/messages.mjs';
import { ROOT } from './lib/paths.mjs';

const SIZE = 256;

main(async () => {
  const svg = await readFile(join(ROOT, 'media', 'icon.svg'), 'utf8');
  const { page, close } = await openPage({ width: SIZE, height: SIZE });
  try {
    await page.setContent(
      `<style>body { margin: 0 } svg { width: 100vw; height: 100vh; display: block }</style>${svg}`,
    );
    await writeFile(join(ROOT, 'media', 'icon.png'), await page.screenshot({ omitBackground: true }));
  } finally {
    await close();
  }
});
