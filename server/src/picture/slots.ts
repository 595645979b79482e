/** Lines of text inside a bar that must not lie on each other. */
import { LINE } from './page';

export class Slots {
  private readonly taken: (readonly [number, number])[] = [];

  /** @param y0 the bar's top, @param y1 its bottom */
  constructor(
    private readonly y0: number,
    private readonly y1: number,
  ) {}

  /** No line may lie there. */
  take(y0: number, y1: number): void {
    this.taken.push([y0, y1]);
  }

  /** The top of a line at the first of these heights that is free; undefined where none is. */
  place(tops: readonly number[], height: number = LINE): number | undefined {
    const top = tops.find((y) => this.isFree(y, y + height));
    if (top !== undefined) this.take(top, top + height);
    return top;
  }

  private isFree(from: number, to: number): boolean {
    const isInside = from >= this.y0 - 0.5 && to <= this.y1 + 0.5;
    return isInside && this.taken.every(([y0, y1]) => to <= y0 || from >= y1);
  }
}
