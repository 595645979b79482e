/** Which tests judge the changes in a room: its own, as far as they run in one process and say the same each time. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Beside its own, a room is judged by tests of what it does in other folders. */
const FOLDERS = { c: ['test/c'], memmap: ['test/memmap', 'test/watch'] };

/** The rooms whose code may be changed. */
export const ROOMS = Object.keys(FOLDERS);

const LEFT_OUT = [
  // gcc is started for texts that cannot be foreseen.
  'test/c/lower-gcc.test.ts',
  'test/memmap/random-tables.test.ts',
  // It is about comments, and starts the script that reads them.
  'test/memmap/rules-doc.test.ts',
  // It builds another parser and is judged by it.
  'test/c/parser.test.ts',
  // They watch the clock, which a mutant's instruments slow down.
  'test/c/bounds.test.ts',
  'test/c/lower-bounds.test.ts',
  'test/c/preprocess-bounds.test.ts',
  // What it tries is tried by fixtures, in a tenth of the time.
  'test/memmap/seed.test.ts',
];

/** A test that instruments make a minute of: it goes round loops a hundred thousand times. */
export const TOO_LONG = 'statements/loops.c';

/** The folder that the room's code is in. */
export function codeOf(room) {
  return `server/src/${room}`;
}

/** The files of tests, as paths in the repository that begins at `root`. */
export function testFilesOf(room, root) {
  return FOLDERS[room]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.test.ts') && !LEFT_OUT.includes(file))
    .sort();
}
