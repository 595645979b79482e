/**
 * Changes the code of a room here and there, and tells which changes none of the room's tests notices.
 *
 *   npm run mutation -- memmap [FILES]
 *   npm run mutation -- c types run/arithmetic.ts
 *
 * FILES are files and folders of the room; all of it without them. A run goes on from the one before: only what changed
 * since is tried again. The reports are in reports/mutation/ROOM/. It takes hours for a whole room, and gives way to
 * everything else on the machine.
 */
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { main, text } from './lib/messages.mjs';

const ROOMS = ['c', 'memmap'];

main(async () => {
  const [room, ...files] = process.argv.slice(2);
  if (!ROOMS.includes(room)) {
    console.error(text('mutation.usage', { rooms: ROOMS.join('|') }));
    return 2;
  }
  setPriority(constants.priority.PRIORITY_LOW);
  // The tests that judge are those of the room: test/mutation/vitest.config.mts.
  process.env.MUTATED_ROOM = room;
  const reports = join('reports', 'mutation', room);
  const mutants = await new Stryker({
    mutate: (files.length > 0 ? files : ['.']).map((file) => patternOf(join('server', 'src', room, file))),
    incrementalFile: join(reports, 'incremental.json'),
    htmlReporter: { fileName: join(reports, 'mutation.html') },
    jsonReporter: { fileName: join(reports, 'mutation.json') },
  }).runMutationTest();
  return mutants.length > 0 ? 0 : 1;
});

/** A file, or all files of a folder. */
function patternOf(path) {
  return path.endsWith('.ts') ? path : join(path, '**', '*.ts');
}
