/** A program that is preprocessed and no more: what is known of it without parsing and running it. */
import type { Constant, Evaluation, EvaluationRequest, Prepared } from '../evaluation';
import type { Preprocessed } from '../preprocessor/preprocess';
import { constantIn } from './constant';
import { type Engine, preprocessedUnit, TreeProgram } from './program';
import { runProgram } from './run';

export class PreparedProgram implements Prepared {
  private readonly preprocessed: Preprocessed;
  private evaluation: Evaluation | undefined;

  constructor(
    private readonly request: EvaluationRequest,
    private readonly engine: Engine,
  ) {
    this.preprocessed = preprocessedUnit(request, request.file, engine);
  }

  get files(): readonly string[] {
    return this.evaluation?.files ?? this.preprocessed.files;
  }

  /** Those of the main unit, and further .c files, which every run asks for what they change. */
  get missing(): readonly string[] {
    if (this.evaluation) return this.evaluation.missing;
    const { others, host } = this.request;
    return [...this.preprocessed.missing, ...others.filter((file) => host.read(file) === undefined)];
  }

  constant(name: string): Constant | undefined {
    return constantIn(this.preprocessed, this.request, name);
  }

  run(): Evaluation {
    this.evaluation ??= runProgram(() => new TreeProgram(this.request, this.engine, this.preprocessed));
    return this.evaluation;
  }
}
