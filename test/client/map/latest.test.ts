import { expect, it } from 'vitest';
import { Latest } from '../../../client/src/map/latest';

/** Questions whose answers the test gives by hand. */
function desk() {
  const open: { question: string; answer: () => void; fail: () => void }[] = [];
  const failures: unknown[] = [];
  const latest = new Latest<string>(
    (question) =>
      new Promise((answer, reject) => open.push({ question, answer, fail: () => reject(question) })),
    (error) => failures.push(error),
  );
  return { latest, open, failures, asked: () => open.map(({ question }) => question) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('of a burst only the first and the last are answered', async () => {
  const { latest, open, asked } = desk();
  for (const question of ['a', 'b', 'c', 'd']) latest.ask(question);
  expect(asked()).toEqual(['a']);
  open[0]?.answer();
  await settled();
  expect(asked()).toEqual(['a', 'd']);
  open[1]?.answer();
  await settled();
  expect(asked()).toEqual(['a', 'd']);
  latest.ask('e');
  expect(asked()).toEqual(['a', 'd', 'e']);
});

it('goes on after one that failed', async () => {
  const { latest, open, asked, failures } = desk();
  latest.ask('a');
  latest.ask('b');
  open[0]?.fail();
  await settled();
  expect(failures).toEqual(['a']);
  expect(asked()).toEqual(['a', 'b']);
});
