/** Glob patterns as VS Code's settings have them: `*`, `?`, `**`, `{a,b}` and `[a-z]`. */

/** Whether `path` (no leading slash) matches `glob`. Case counts. */
export function matchesGlob(glob: string, path: string): boolean {
  return expandBraces(glob).some((pattern) => matchSegments(pattern.split('/'), path.split('/')));
}

const BRACES_LIMIT = 256;

/** `a{b,c}d` -> `abd`, `acd`; at most {@link BRACES_LIMIT} patterns, the rest stays as it is, so that braces cannot explode. */
function expandBraces(glob: string): readonly string[] {
  const done: string[] = [];
  const open = [glob];
  for (let pattern = open.pop(); pattern !== undefined; pattern = open.pop()) {
    const group = /\{([^{}]*)\}/.exec(pattern);
    if (!group || done.length + open.length >= BRACES_LIMIT) {
      done.push(pattern);
      continue;
    }
    for (const choice of (group[1] ?? '').split(',')) {
      open.push(pattern.slice(0, group.index) + choice + pattern.slice(group.index + group[0].length));
    }
  }
  return done;
}

/** Segment by segment, without a regular expression for `**`: matching stays linear in the path for each `**`. */
function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  let reachable = new Set([0]);
  for (const segment of pattern) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (segment === '**') for (let to = at; to <= path.length; to++) next.add(to);
      else if (at < path.length && matchWildcards(segment, path[at] ?? '')) next.add(at + 1);
    }
    reachable = next;
  }
  return reachable.has(path.length);
}

/** `*`, `?` and `[…]` within one segment; on a mismatch only the last `*` is tried again, so the time is bounded. */
function matchWildcards(pattern: string, name: string): boolean {
  let p = 0;
  let star = -1;
  let starAt = 0;
  for (let n = 0; n < name.length; ) {
    const step = pattern[p] === '*' ? 0 : matchOne(pattern, p, name[n] ?? '');
    if (pattern[p] === '*') {
      star = p++;
      starAt = n;
    } else if (step > 0) {
      p += step;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++starAt;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** How many characters of the pattern at `p` match `character`; 0: none do. */
function matchOne(pattern: string, p: number, character: string): number {
  if (p >= pattern.length) return 0;
  if (pattern[p] === '?') return 1;
  const close = pattern[p] === '[' ? pattern.indexOf(']', p + 2) : -1;
  if (close < 0) return pattern[p] === character ? 1 : 0;
  const negated = pattern[p + 1] === '!' || pattern[p + 1] === '^';
  const set = pattern.slice(p + (negated ? 2 : 1), close);
  return inSet(set, character) !== negated ? close + 1 - p : 0;
}

function inSet(set: string, character: string): boolean {
  for (let i = 0; i < set.length; i++) {
    const isRange = set[i + 1] === '-' && i + 2 < set.length;
    const from = set[i] ?? '';
    const to = isRange ? (set[i + 2] ?? '') : from;
    if (from <= character && character <= to) return true;
    if (isRange) i += 2;
  }
  return false;
}
