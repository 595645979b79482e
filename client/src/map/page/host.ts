/** The panel that this page is in: messages to it, and what is kept while the page is gone. */
import type { Choice, ToPage, ToPanel } from '../messages';

/** What a person finds again when the page comes back. */
export interface Kept {
  readonly choice: Choice;
  /** 1 is the picture's natural size. */
  readonly zoom: number;
  readonly scroll: { readonly left: number; readonly top: number };
  readonly hasTable: boolean;
}

interface Api {
  postMessage(message: ToPanel): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): Api;

const FIRST: Kept = { choice: {}, zoom: 1, scroll: { left: 0, top: 0 }, hasTable: false };

export class Host {
  private readonly api = acquireVsCodeApi();

  get kept(): Kept {
    return this.api.getState() ?? FIRST;
  }

  keep(change: Partial<Kept>): void {
    this.api.setState({ ...this.kept, ...change });
  }

  post(message: ToPanel): void {
    this.api.postMessage(message);
  }

  onMessage(receive: (message: ToPage) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => receive(data));
  }
}
