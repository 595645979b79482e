/**
 * Changes the code of a room here and there, and tells which changes none of the room's tests notices.
 *
 *   npm run mutation -- memmap [FILES]
 *   npm run mutation -- c types run/arithmetic.ts
 *   npm run mutation -- c --one-in 10 [--seed 2]
 *
 * FILES are files and folders of the room; all of it without them. `--one-in N` tries one change in N, chosen by chance:
 * the same ones for the same seed. A run of all goes on from the one before, and tries again what changed since;
 * `--force` tries everything again. The reports are in reports/mutation/ROOM/. It gives way to everything else on the
 * machine.
 */
import { constants, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { codeOf, ROOMS } from '../test/mutation/rooms.mjs';
import { main, text } from './lib/messages.mjs';
import { mutate } from './lib/mutate.mjs';
import { tableOf } from './lib/mutation-table.mjs';

main(async () => {
  const asked = words();
  if (!asked) {
    console.error(text('mutation.usage', { rooms: ROOMS.join('|') }));
    return 2;
  }
  setPriority(constants.priority.PRIORITY_LOW);
  const results = await mutate(asked);
  console.log(tableOf(results, codeOf(asked.room)));
  return results.length > 0 ? 0 : 1;
});

/** What is asked for; undefined where that cannot be understood. */
function words() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        'one-in': { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        force: { type: 'boolean', default: false },
      },
    });
    const [room, ...files] = positionals;
    const [oneIn, seed] = [Number(values['one-in']), Number(values.seed)];
    const areNumbers = Number.isSafeInteger(oneIn) && oneIn > 0 && Number.isSafeInteger(seed);
    return ROOMS.includes(room) && areNumbers ? { room, files, oneIn, seed, force: values.force } : undefined;
  } catch {
    return undefined;
  }
}
