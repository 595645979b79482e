import { expect, it } from 'vitest';
import { ServerEnds, type Told } from '../../client/src/server-ends';

const MINUTE = 60_000;

/** What came of ends at these minutes. */
function after(...minutes: readonly number[]) {
  const told: (readonly [Told, number])[] = [];
  const ends = new ServerEnds((id, count) => told.push([id, count]));
  return { again: minutes.map((minute) => ends.isStartedAgain(minute * MINUTE)), told };
}

it('starts a server again, and tells of it once', () => {
  expect(after(0, 0, 1)).toEqual({ again: [true, true, true], told: [['client.server.restarted', 1]] });
});

it('gives one up that ends again and again, and says so', () => {
  expect(after(0, 0, 0, 0, 0)).toEqual({
    again: [true, true, true, true, false],
    told: [
      ['client.server.restarted', 1],
      ['client.server.given-up', 5],
    ],
  });
});

it('counts what is long ago no more', () => {
  expect(after(0, 1, 2, 3, 4, 5, 6).again).not.toContain(false);
});
