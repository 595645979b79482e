/** What one evaluation may take: steps, nesting, and a share of them for each run. */
import { describe, expect, it } from 'vitest';
import { Bounds, LIMITS } from '../../server/src/c/run/bounds';
import { Notes } from '../../server/src/c/run/notes';

/** The code of the reason why the action was stopped. */
const stopped = (bounds: Bounds, action: () => void) => bounds.attempt(action)?.code;

describe('steps', () => {
  it('are counted, as is other work, up to a limit', () => {
    const bounds = new Bounds();
    bounds.step();
    bounds.step(9);
    bounds.spend(5);
    expect([bounds.steps, bounds.work]).toEqual([10, 15]);
    expect(stopped(bounds, () => bounds.step(LIMITS.steps - 15))).toBeUndefined();
    expect(bounds.attempt(() => bounds.step())).toEqual({
      code: 'step-limit',
      args: { limit: String(LIMITS.steps) },
    });
    expect(stopped(new Bounds(), () => new Bounds().spend(LIMITS.steps + 1))).toBe('step-limit');
  });

  it('are taken by ways that are joined, which are counted', () => {
    const bounds = new Bounds();
    bounds.join(3);
    expect([bounds.steps, bounds.ways, bounds.work]).toEqual([0, 3, 3 * LIMITS.way]);
  });

  it('are for each run half of those that are left', () => {
    const bounds = new Bounds();
    const half = LIMITS.steps / 2;
    bounds.begin();
    expect(stopped(bounds, () => bounds.step(half))).toBeUndefined();
    expect(stopped(bounds, () => bounds.step())).toBe('step-limit');
    bounds.begin();
    expect(bounds.charge(half / 2 - 1)).toBe(true);
    expect(bounds.work).toBe(half + half / 2);
    expect(bounds.charge(1)).toBe(false);
    expect(bounds.work).toBe(half + half / 2);
  });
});

describe('nesting', () => {
  it('is bounded, and comes up again', () => {
    const bounds = new Bounds();
    for (let i = 0; i < LIMITS.nesting; i++) expect(bounds.enter()).toBe(true);
    expect(bounds.enter()).toBe(false);
    bounds.leave();
    expect(bounds.enter()).toBe(true);
    expect(bounds.enter()).toBe(false);
    bounds.begin();
    expect(bounds.enter()).toBe(true);
  });

  it('beyond what the machine itself can do is told as well', () => {
    const deep = (): number => deep() + 1;
    expect(new Bounds().attempt(deep)).toEqual({
      code: 'nesting-limit',
      args: { limit: String(LIMITS.nesting) },
    });
  });
});

it('other errors are not caught', () => {
  const fail = (): void => {
    throw new TypeError('other');
  };
  expect(() => new Bounds().attempt(fail)).toThrow('other');
});

describe('what code that is only tried notes', () => {
  it('is forgotten, or told when it counts', () => {
    const notes = new Notes();
    const told: string[] = [];
    const note = (text: string) => notes.add(() => told.push(text));
    note('a');
    expect(notes.attempt(() => { note('b'); return false; })).toBe(false); // biome-ignore format: one line
    expect(told).toEqual(['a']);
    const outer = notes.attempt(() => {
      note('c');
      notes.attempt(() => { note('d'); return true; }); // biome-ignore format: one line
      notes.attempt(() => { note('e'); return false; }); // biome-ignore format: one line
      expect(told).toEqual(['a']);
      return true;
    });
    expect(outer).toBe(true);
    expect(told).toEqual(['a', 'c', 'd']);
  });

  it('does not stay behind an error, nor when a run begins', () => {
    const notes = new Notes();
    const told: string[] = [];
    const failing = () =>
      notes.attempt(() => {
        throw new Error('stop');
      });
    expect(failing).toThrow('stop');
    notes.add(() => told.push('f'));
    notes.attempt(() => {
      notes.begin();
      notes.add(() => told.push('g'));
      return false;
    });
    expect(told).toEqual(['f', 'g']);
  });
});
