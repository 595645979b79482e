/** Evaluates a translation unit for one OSID: the façade of this folder. */
import type { Evaluation, EvaluationRequest, Prepared } from './evaluation';
import { ChunkCache } from './lower/chunk-cache';
import type { CParser } from './parser';
import { type Lexed, tokenize } from './preprocessor/lexer';
import { relex } from './preprocessor/relex';
import { IdleRuns } from './run/idle-roots';
import { PreparedProgram } from './run/prepared';
import type { Engine } from './run/program';
import { scanChanges } from './run/scan';
import { TextCache } from './text-cache';

/** How much text the tokens are kept of, in UTF-16 units: what is evaluated has them, too. */
const LEXED_TEXT = 1_000_000;
/** The same for scans, which take less. */
const SCANNED_TEXT = 32_000_000;

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
  const lexed = new TextCache<Lexed>(LEXED_TEXT, relex);
  const scans = new TextCache(SCANNED_TEXT, (file, text) => scanChanges(tokenize(file, text).tokens));
  return { parser, cache: new ChunkCache(), lexed, scans, idle: new IdleRuns() };
}
