/** Figures of samples, and the rows that they are shown in: names of measures are explained in docs/performance.md. */

export interface Row {
  /** `keystroke/sample`; the same in every language. */
  readonly measure: string;
  /** What is measured here: `12.3 ms`. */
  readonly ours: string;
  /** What it is compared with; absent where that is not installed. */
  readonly other?: string;
  /** `ours / other`, or another figure without a unit. */
  readonly ratio?: number;
  readonly goal: string;
  /** Whether the goal is met; absent where it could not be judged. */
  readonly isMet?: boolean;
}

/** The value below which `share` of the samples lie, the nearest of them. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (samples: readonly number[]) => percentile(samples, 0.5);
export const p95 = (samples: readonly number[]) => percentile(samples, 0.95);

/** `median / p95`, in milliseconds. */
export function milliseconds(samples: readonly number[]): string {
  return `${short(median(samples))} / ${short(p95(samples))} ms`;
}

/** A number as a table has it. */
export function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** The slope of a straight line through the logarithms: the exponent with which `y` grows with `x`. */
export function exponent(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const above = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return above / below;
}

/** A row whose goal is a ratio of at most `most`. */
export function compared(
  row: Pick<Row, 'measure' | 'ours' | 'other'>,
  ratio: number | undefined,
  most: number,
  against: string,
): Row {
  const goal = `≤ ${most} × ${against}`;
  return ratio === undefined ? { ...row, goal } : { ...row, ratio, goal, isMet: ratio <= most };
}
