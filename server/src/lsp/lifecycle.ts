/** When requests are taken: between `initialize` and `shutdown` (LSP 3.17, server lifecycle). */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Session } from './session';

export class Lifecycle {
  private phase: 'new' | 'initializing' | 'serving' | 'ended' = 'new';
  private current: Session | undefined;

  /** The client's session, while requests are taken. */
  get session(): Session | undefined {
    return this.phase === 'serving' ? this.current : undefined;
  }

  /** The answer to a request that is not taken now. */
  refusal(): ResponseError {
    return this.phase === 'ended'
      ? new ResponseError(ErrorCodes.InvalidRequest, 'the server has been shut down')
      : new ResponseError(ErrorCodes.ServerNotInitialized, 'the server is not initialized');
  }

  /** @throws ResponseError where the client has initialized the server before */
  initialize(): void {
    if (this.phase !== 'new') throw new ResponseError(ErrorCodes.InvalidRequest, 'initialize is sent once');
    this.phase = 'initializing';
  }

  serve(session: Session): void {
    this.current = session;
    if (this.phase === 'initializing') this.phase = 'serving';
  }

  /** Whether the client has told it to end. */
  get hasEnded(): boolean {
    return this.phase === 'ended';
  }

  end(): void {
    this.phase = 'ended';
  }
}
