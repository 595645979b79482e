/** An evaluation whose program is run when something is asked that needs it: often one constant is all that is asked. */
import type { CallRequest, Constant, Evaluation, EvaluationRequest, Prepared } from '../c/evaluation';
import type { Span } from '../c/source';
import { failedEvaluation } from './failed-evaluation';

export class DeferredEvaluation implements Evaluation {
  private result: Evaluation | undefined;

  /** @param failed is told of exceptions; nothing is known of such a program */
  constructor(
    private readonly request: EvaluationRequest,
    private readonly prepared: Prepared,
    private readonly failed: (error: unknown) => void,
  ) {}

  get files() {
    return this.prepared.files;
  }

  get missing() {
    return this.prepared.missing;
  }

  constant(name: string): Constant | undefined {
    return this.prepared.constant(name);
  }

  get watched() {
    return this.run().watched;
  }

  get problems() {
    return this.run().problems;
  }

  get definitions() {
    return this.run().definitions;
  }

  get macroCalls() {
    return this.run().macroCalls;
  }

  get inactive() {
    return this.run().inactive;
  }

  valueOf(name: string) {
    return this.run().valueOf(name);
  }

  expressionsAt(file: string, offset: number) {
    return this.run().expressionsAt(file, offset);
  }

  expressionsIn(span: Span) {
    return this.run().expressionsIn(span);
  }

  call(request: CallRequest) {
    return this.run().call(request);
  }

  private run(): Evaluation {
    this.result ??= this.runSafely();
    return this.result;
  }

  private runSafely(): Evaluation {
    try {
      return this.prepared.run();
    } catch (error) {
      this.failed(error);
      return failedEvaluation(this.request, error);
    }
  }
}
