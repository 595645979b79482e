/** The values that expressions had while they were executed. */
import type { Node } from '../ir';
import { ALTERNATIVES_LIMIT, type Data, sameScalar } from './data';

/** The values an expression had each time it was executed. */
export interface Trace {
  /** Distinct values in order of their first appearance; no more than are kept apart. */
  readonly values: Data[];
  /** There were more. */
  overflow: boolean;
  last: Data;
}

/** Adds the value of one more execution of a node. */
export function noteValue(traces: Map<Node, Trace>, node: Node, data: Data): void {
  const trace = traces.get(node);
  if (trace === undefined) {
    traces.set(node, { values: [data], overflow: false, last: data });
    return;
  }
  if (same(trace.last, data)) return;
  trace.last = data;
  if (trace.overflow || trace.values.some((value) => same(value, data))) return;
  if (trace.values.length === ALTERNATIVES_LIMIT) trace.overflow = true;
  else trace.values.push(data);
}

function same(a: Data, b: Data): boolean {
  if (a.kind === 'aggregate' || b.kind === 'aggregate') return a === b;
  if (a.kind === 'unknown' && b.kind === 'unknown') return a.reason.code === b.reason.code;
  return sameScalar(a, b);
}
