/** The text handed to tree-sitter, made of pieces that remember which tokens they stand for. */
import type { SpecifierRun } from './specifiers';

/** A chunk as written for tree-sitter. Text offsets lead back to token indexes; -1 where no token stands there. */
export interface Written {
  readonly text: string;
  /** The first token in the stretch of text, -1 when it has none. */
  firstToken(start: number, end: number): number;
  /** The last token in the stretch of text, -1 when it has none. */
  lastToken(start: number, end: number): number;
  /** The specifiers that the word at this offset stands for. */
  specifiersAt(start: number): SpecifierRun | undefined;
}

export class Pieces {
  private readonly texts: string[] = [];
  private readonly firsts: number[] = [];
  private readonly lasts: number[] = [];
  private readonly runs = new Map<number, SpecifierRun>();

  /** Adds text that stands for the tokens `first` to `last`; without them, text that no token stands for. */
  add(text: string, first = -1, last = first): number {
    this.firsts.push(first);
    this.lasts.push(last);
    return this.texts.push(text) - 1;
  }

  /** Adds the one word (`int`, `struct`, `enum`) that declaration specifiers are written as. */
  addSpecifiers(text: string, run: SpecifierRun, first: number, last: number): void {
    this.runs.set(this.add(text, first, last), run);
  }

  /** Replaces the text of a piece that `add` returned the number of. */
  rewrite(piece: number, text: string): void {
    this.texts[piece] = text;
  }

  finish(): Written {
    const { firsts, lasts, runs } = this;
    const text = this.texts.join(' ');
    const starts: number[] = [];
    /** The piece at each offset; the space behind a piece belongs to it. */
    const pieces = new Int32Array(text.length + 1);
    let end = 0;
    this.texts.forEach((piece, i) => {
      starts.push(end);
      pieces.fill(i, end, end + piece.length + 1);
      end += piece.length + 1;
    });
    const pieceAt = (offset: number) => pieces[offset] ?? 0;
    return {
      text,
      firstToken(start, end) {
        for (let i = pieceAt(start); i < firsts.length && (starts[i] ?? end) < end; i++) {
          const first = firsts[i] ?? -1;
          if (first >= 0) return first;
        }
        return -1;
      },
      lastToken(start, end) {
        for (let i = pieceAt(end - 1); i >= 0; i--) {
          const last = lasts[i] ?? -1;
          if (last >= 0) return last;
          if ((starts[i] ?? 0) <= start) break;
        }
        return -1;
      },
      specifiersAt: (start) => runs.get(pieceAt(start)),
    };
  }
}
