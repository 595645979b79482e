/**
 * npm run pictures: draws docs/images/figure-*.svg, the figures of Mint's memory before and after the extension of OS
 * node 0, and with node 0 watching instead, from the sample. A test compares them with what the sample draws.
 */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { main } from './lib/messages.mjs';
import { ROOT, SAMPLE } from './lib/paths.mjs';
import { quietly } from './lib/run.mjs';

const IMAGES = join(ROOT, 'docs', 'images');
const CLI = join(ROOT, 'dist', 'cli.js');
/** Where figure 2 has OS node 0 end. */
const EXTENSION = ['--node', '0', '--to', '0x68000000', '--write'];

/** What figure 3 has OS node 0 do. */
const WATCHING = ['--node', '0', '--write'];

main(async () => {
  quietly(process.execPath, [join(ROOT, 'scripts', 'build.mjs')]);
  const folder = await mkdtemp(join(tmpdir(), 'kexec-mint-pictures-'));
  try {
    const extended = join(folder, 'extended');
    await cp(SAMPLE, extended, { recursive: true });
    kexecMint('extend', extended, ...EXTENSION);
    const watching = join(folder, 'watching');
    await cp(SAMPLE, watching, { recursive: true });
    kexecMint('watch', watching, ...WATCHING);
    const drawn = ['en', 'ja'].flatMap((locale) => figures({ extended, watching }, locale));
    for (const [name, svg] of drawn) await writeFile(join(IMAGES, name), svg);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Names and texts of the figures in a language. */
function figures({ extended, watching }, locale) {
  const before = relative(ROOT, SAMPLE);
  const draw = (...words) => kexecMint('map', ...words, '--format', 'svg', '--lang', locale);
  return [
    [`figure-1.${locale}.svg`, draw(before)],
    [`figure-2.${locale}.svg`, draw(extended)],
    [`figure-3.${locale}.svg`, draw(watching)],
    [`figures.${locale}.svg`, draw(extended, '--before', before)],
  ];
}

function kexecMint(...words) {
  return quietly(process.execPath, [CLI, ...words]);
}
