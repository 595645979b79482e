/** Has the page draw an SVG as pixels: the extension host has no canvas. */
import { fromBase64 } from '../../../server/src/project/base64';
import type { ToPage, ToPanel } from './messages';

type Drawn = Extract<ToPanel, { type: 'drawn' }>;
type Draw = Extract<ToPage, { type: 'draw' }>;

export class Rasterizer {
  private readonly waiting = new Map<number, { svg: string; done: (png: Uint8Array | undefined) => void }>();
  private count = 0;
  private isReady = false;

  constructor(private readonly post: (message: Draw) => void) {}

  /** The page listens: what has been asked is drawn now. */
  start(): void {
    this.isReady = true;
    for (const [id, { svg }] of this.waiting) this.post({ type: 'draw', id, svg });
  }

  /** The page is gone, and what it was drawing with it. */
  stop(): void {
    this.isReady = false;
    for (const { done } of this.waiting.values()) done(undefined);
    this.waiting.clear();
  }

  /** @returns PNG, or undefined where it could not be drawn */
  draw(svg: string): Promise<Uint8Array | undefined> {
    const id = ++this.count;
    return new Promise((done) => {
      this.waiting.set(id, { svg, done });
      if (this.isReady) this.post({ type: 'draw', id, svg });
    });
  }

  drawn({ id, png }: Drawn): void {
    this.waiting.get(id)?.done(png === undefined ? undefined : fromBase64(png));
    this.waiting.delete(id);
  }
}
