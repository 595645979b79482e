/** Takes out of a JSON value what does not keep to a schema, so that everything else counts. */
import type * as z from 'zod';
import type { JSONPath } from './json-text';
import { NARROWING_KEYS } from './project-schema';

export interface Mistake {
  readonly path: JSONPath;
  /** `name`: a key of an object of any keys is none that may stand there. */
  readonly kind: 'value' | 'missing' | 'name' | 'unknown';
}

/** What is left out may leave its surroundings wanting, and so on outwards; the schema is not deeper than this. */
const MOST_PASSES = 10;

/** Lists whose items stand each for itself; of others, such as a range, none is left without one. */
const LISTS: ReadonlySet<unknown> = new Set(['osidNames', 'reserved']);

/**
 * @param value from `jsonValue`; it is changed
 * @param report told of each mistake once; what a mistake leaves wanting around it is none
 * @returns undefined where nothing is left
 */
export function leaveOutWrong<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  report: (mistake: Mistake) => void,
): z.infer<Schema> | undefined {
  const touched = new Set<string>();
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const { data, error } = schema.safeParse(value);
    if (!error) return data;
    const mistakes = mistakesIn(value, error.issues);
    for (const mistake of mistakes) {
      if (!touched.has(JSON.stringify(mistake.path))) report(mistake);
      for (let length = 0; length <= mistake.path.length; length++) {
        touched.add(JSON.stringify(mistake.path.slice(0, length)));
      }
    }
    // Backwards, so that positions in lists stay what they are.
    for (const { path } of mistakes.reverse()) if (!remove(value, path)) return undefined;
  }
  return undefined;
}

/** One for each path. */
function mistakesIn(value: unknown, issues: readonly z.core.$ZodIssue[]): Mistake[] {
  const mistakes = issues.flatMap((issue): Mistake[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key], kind: 'unknown' }));
    }
    if (issue.code === 'invalid_key') return [{ path, kind: 'name' }];
    return [{ path, kind: path.length > 0 && !isThere(value, path) ? 'missing' : 'value' }];
  });
  return [...new Map(mistakes.map((mistake) => [JSON.stringify(mistake.path), mistake])).values()];
}

/** Takes away the innermost part around `path` that can go without the rest; false where that is the whole value. */
function remove(value: unknown, path: JSONPath): boolean {
  const key = path.at(-1);
  if (key === undefined) return false;
  const outer = path.slice(0, -1);
  const holder = valueAt(value, outer);
  // It went with something around it.
  if (typeof holder !== 'object' || holder === null) return true;
  if (Array.isArray(holder)) {
    if (typeof key !== 'number' || !LISTS.has(outer.at(-1))) return remove(value, outer);
    holder.splice(key, 1);
    return true;
  }
  const isAlone = Object.hasOwn(holder, key) && !NARROWING_KEYS.has(key);
  return isAlone ? Reflect.deleteProperty(holder, key) : remove(value, outer);
}

function isThere(value: unknown, path: JSONPath): boolean {
  const holder = valueAt(value, path.slice(0, -1));
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, path.at(-1) ?? '');
}

function valueAt(value: unknown, path: JSONPath): unknown {
  return path.reduce<unknown>(
    (holder, key) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
        ? Reflect.get(holder, key)
        : undefined,
    value,
  );
}
