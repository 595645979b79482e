/** Changes a room's code in the current folder, and judges each change by the room's tests. */
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { codeOf } from '../../test/mutation/rooms.mjs';

/**
 * What came of each change.
 * @param {{ room: string, files: readonly string[], oneIn: number, seed: number, force: boolean }} asked
 */
export function mutate({ room, files, oneIn, seed, force }) {
  const reports = join('reports', 'mutation', room);
  const sample = { checkers: ['sample'], oneIn, sampleSeed: seed };
  return new Stryker({
    room,
    mutate: (files.length > 0 ? files : ['.']).map((file) => patternOf(join(codeOf(room), file))),
    // What a sample leaves out is not known to later runs.
    ...(oneIn > 1 ? sample : { incremental: true, force }),
    incrementalFile: join(reports, 'incremental.json'),
    htmlReporter: { fileName: join(reports, 'mutation.html') },
    jsonReporter: { fileName: join(reports, 'mutation.json') },
  }).runMutationTest();
}

/** A file, or all files of a folder. */
function patternOf(path) {
  return path.endsWith('.ts') ? path : join(path, '**', '*.ts');
}
