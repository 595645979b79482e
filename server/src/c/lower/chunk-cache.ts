/** Lowered chunks by their text, for all units, OSIDs and edits. */
import type { Cut } from '../chunks';
import type { External, Malformed } from '../ir';
import type { Token, TokenKind } from '../token';
import type { FileScope, Scope } from './names';

/** The part of a chunk that depends on its text, and on which names are types, alone: shared by all chunks that are equal in both. */
export interface Lowered {
  readonly externals: readonly External[];
  /** Every malformed node among the externals, in order, and blocks that are not closed. */
  readonly problems: readonly Malformed[];
}

/** A chunk that was lowered, and what that went by. */
interface Known {
  readonly beginning: string;
  readonly lowered: Lowered;
  readonly texts: readonly string[];
  readonly kinds: readonly TokenKind[];
  /** What is behind it has no say in where it ends. */
  readonly isClosed: boolean;
  readonly scope: NotedScope;
  /** As the parser read it. */
  readonly written: string;
}

/** Chunks are looked for by so many tokens at their beginning. */
const BEGINNING = 8;

/** The longest unused go first. */
export class ChunkCache {
  /** By their beginning, the one used last first. */
  private readonly known = new Map<string, Known[]>();
  /** All of them, the one used longest ago first. */
  private readonly byAge = new Set<Known>();
  private size = 0;

  /** `limit` is the number of tokens whose IR is kept (some 120 bytes each), more where a unit is large. */
  constructor(private limit = 100_000) {}

  /** Makes room for a unit of so many tokens and what is typed in it: were it smaller than the unit, nothing would be found. */
  reserve(tokens: number): void {
    this.limit = Math.max(this.limit, 2 * tokens);
  }

  /**
   * What the chunk at `start` was lowered to, and its length in tokens.
   *
   * @param fileScope gains what the chunk declares
   * @param end of the chunk, exclusive; where that is not given, only chunks are found whose end their tokens tell
   */
  find(
    tokens: readonly Token[],
    start: number,
    fileScope: Scope,
    end?: number,
  ): { readonly lowered: Lowered; readonly length: number } | undefined {
    const alike = this.known.get(beginningOf(tokens, start)) ?? [];
    const found = alike.find(
      (known) =>
        (end === undefined ? known.isClosed : known.texts.length === end - start) &&
        isAt(tokens, start, known) &&
        known.scope.fits(fileScope),
    );
    if (!found) return undefined;
    this.use(found, alike);
    found.scope.declareIn(fileScope);
    return { lowered: found.lowered, length: found.texts.length };
  }

  private use(known: Known, alike: Known[]): void {
    alike.splice(alike.indexOf(known), 1);
    alike.unshift(known);
    this.byAge.delete(known);
    this.byAge.add(known);
  }

  /**
   * Lowers a chunk that is not found.
   *
   * @param fileScope gains what the chunk declares
   * @param write puts it down for the parser
   */
  add({ chunk, isClosed }: Cut, fileScope: Scope, write: (scope: FileScope) => Writing): Lowered {
    const { tokens } = chunk;
    const scope = new NotedScope(fileScope);
    const { text, lower } = write(scope);
    scope.declareIn(fileScope);
    const beginning = beginningOf(tokens, 0);
    const alike = this.known.get(beginning) ?? [];
    const same = alike.find((each) => each.written === text && isSame(tokens, each));
    const known: Known = {
      beginning,
      lowered: same?.lowered ?? lower(),
      texts: tokens.map((token) => token.text),
      kinds: tokens.map((token) => token.kind),
      isClosed,
      scope,
      written: text,
    };
    alike.unshift(known);
    this.known.set(beginning, alike);
    this.byAge.add(known);
    this.size += tokens.length;
    this.trim();
    return known.lowered;
  }

  private trim(): void {
    for (const oldest of this.byAge) {
      if (this.size <= this.limit || this.byAge.size === 1) break;
      this.byAge.delete(oldest);
      this.size -= oldest.texts.length;
      const { beginning } = oldest;
      const left = (this.known.get(beginning) ?? []).filter((known) => known !== oldest);
      if (left.length > 0) this.known.set(beginning, left);
      else this.known.delete(beginning);
    }
  }
}

/** A chunk put down for the parser. */
interface Writing {
  readonly text: string;
  /** Parses the text. */
  lower(): Lowered;
}

function beginningOf(tokens: readonly Token[], start: number): string {
  let text = tokens[start]?.text ?? '';
  for (let i = start + 1; i < start + BEGINNING && i < tokens.length; i++) text += `\n${tokens[i]?.text}`;
  return text;
}

function isAt(tokens: readonly Token[], start: number, { texts, kinds }: Known): boolean {
  // From the end: chunks that are typed in differ behind their beginning.
  for (let i = texts.length - 1; i >= 0; i--) {
    const token = tokens[start + i];
    if (!token || token.text !== texts[i] || token.kind !== kinds[i]) return false;
  }
  return true;
}

function isSame(tokens: readonly Token[], known: Known): boolean {
  return tokens.length === known.texts.length && isAt(tokens, 0, known);
}

/** The file scope as one chunk sees it: what it asks of it, and what it adds. */
class NotedScope implements FileScope {
  private readonly asked = new Map<string, boolean | undefined>();
  private readonly declared: Scope = new Map();

  constructor(private outer: Scope | undefined) {}

  get(name: string): boolean | undefined {
    const own = this.declared.get(name);
    if (own !== undefined) return own;
    const found = this.outer?.get(name);
    this.asked.set(name, found);
    return found;
  }

  set(name: string, typedef: boolean): void {
    this.declared.set(name, typedef);
  }

  /** Whether the chunk finds the same in another scope. */
  fits(scope: Scope): boolean {
    for (const [name, found] of this.asked) if (scope.get(name) !== found) return false;
    return true;
  }

  /** Adds what the chunk declares; it asks no more. */
  declareIn(scope: Scope): void {
    this.outer = undefined;
    for (const [name, typedef] of this.declared) scope.set(name, typedef);
  }
}
