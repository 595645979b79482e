/** Evaluates a translation unit for one OSID: the façade of this folder. */
import type { Evaluation, EvaluationRequest, Prepared } from './evaluation';
import { ChunkCache } from './lower/lower';
import type { CParser } from './parser';
import { IdleRuns } from './run/idle-roots';
import { PreparedProgram } from './run/prepared';
import type { Engine } from './run/program';
import { ScanCache } from './run/scan-cache';

export type { Engine } from './run/program';

/**
 * Runs the functions of `request.file` that no other function of it calls, each from the initial state, and tells what
 * the watched names hold in the end. Never throws; time and memory are bounded (`LIMITS` in run/machine.ts).
 */
export function evaluate(request: EvaluationRequest, engine: Engine): Evaluation {
  return prepare(request, engine).run();
}

/** The same, for those who may not need it run. */
export function prepare(request: EvaluationRequest, engine: Engine): Prepared {
  return new PreparedProgram(request, engine);
}

/** What evaluations share: one for a process, or for as long as the same trees are evaluated. */
export function createEngine(parser: CParser): Engine {
  return { parser, cache: new ChunkCache(), scans: new ScanCache(), idle: new IdleRuns() };
}
