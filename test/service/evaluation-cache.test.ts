import { describe, expect, it } from 'vitest';
import type { EvaluationRequest } from '../../server/src/c/evaluation';
import { EvaluationCache } from '../../server/src/service/evaluation-cache';
import { failedEvaluation } from '../../server/src/service/failed-evaluation';

/** A cache over an evaluator that reads `main.c`, and `mint.h` where main.c says so; and how often it ran. */
function counted() {
  let runs = 0;
  const cache = new EvaluationCache((request) => {
    runs++;
    if (request.host.read('main.c')?.includes('mint.h')) request.host.read('mint.h');
    return failedEvaluation(request, 'none');
  });
  const get = (key: string, texts: Readonly<Record<string, string>>, owner = 'tree') => {
    const request: EvaluationRequest = {
      file: 'main.c',
      others: [],
      host: { candidates: () => [], read: (file) => texts[file] ?? null },
      dataModel: 'LP64',
      pinned: new Map(),
      definitions: new Map(),
      watch: () => false,
    };
    return cache.get({ owner, key, request }).evaluation;
  };
  return { cache, get, runs: () => runs };
}

const WITH = { 'main.c': '#include "mint.h"', 'mint.h': '1' };

describe('an evaluation', () => {
  it('is used again while the files it read are the same, whatever others say', () => {
    const { get, runs } = counted();
    const first = get('0', WITH);
    expect(get('0', { ...WITH, 'other.h': 'new' })).toBe(first);
    expect(get('0', { ...WITH, 'mint.h': '2' })).not.toBe(first);
    expect(get('0', { 'main.c': 'int x;', 'mint.h': '1' })).not.toBe(first);
    expect(get('1', WITH)).not.toBe(first);
    expect(get('0', WITH)).toBe(first);
    expect(runs()).toBe(4);
  });

  it('is computed anew when a file that was not there comes', () => {
    const { get, runs } = counted();
    get('0', { 'main.c': '#include "mint.h"' });
    get('0', WITH);
    expect(runs()).toBe(2);
  });

  it('of the newest snapshot stays, however much is tried', () => {
    const { cache, get, runs } = counted();
    const live = ['0', '1', '2'].map((key) => get(key, WITH));
    cache.settle(new Set(['tree']));
    for (let size = 0; size < 400; size++) {
      get('0', { 'main.c': `int tried${size};` });
      if (size % 50 === 0) ['0', '1', '2'].map((key) => get(key, WITH));
    }
    expect(['0', '1', '2'].map((key) => get(key, WITH))).toEqual(live);
    expect(runs()).toBe(403);
  });

  it('that a snapshot in the making uses stays until it is complete, however many trees there are', () => {
    const { cache, get, runs } = counted();
    const keys = Array.from({ length: 500 }, (_, tree) => `${tree}`);
    for (let pass = 0; pass < 2; pass++) {
      cache.begin();
      for (const key of keys) get(key, WITH);
      for (const key of keys) get(key, WITH);
      cache.settle(new Set(['tree']));
    }
    expect(runs()).toBe(500);
  });

  it('of before is kept for an undo, and for a bounded number of edits', () => {
    const { cache, get, runs } = counted();
    for (let edit = 0; edit < 100; edit++) {
      get('0', { 'main.c': `int edit${edit};` });
      cache.settle(new Set(['tree']));
    }
    get('0', { 'main.c': 'int edit90;' });
    expect(runs()).toBe(100);
    get('0', { 'main.c': 'int edit10;' });
    expect(runs()).toBe(101);
  });

  it('of before is kept for fewer edits where the texts are long', () => {
    const { cache, get, runs } = counted();
    const text = (edit: number) => ({ 'main.c': `int edit${edit};${' '.repeat(200_000)}` });
    for (let edit = 0; edit < 10; edit++) {
      get('0', text(edit));
      cache.settle(new Set(['tree']));
    }
    get('0', text(8));
    expect(runs()).toBe(10);
    get('0', text(3));
    expect(runs()).toBe(11);
  });

  it('goes with its tree', () => {
    const { cache, get, runs } = counted();
    get('0', WITH, 'gone');
    get('1', WITH, 'here');
    cache.settle(new Set(['here']));
    get('1', WITH, 'here');
    expect(runs()).toBe(2);
    get('0', WITH, 'gone');
    expect(runs()).toBe(3);
  });
});
