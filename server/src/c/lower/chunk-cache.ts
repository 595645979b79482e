/** Lowered chunks by their text, for all units, OSIDs and edits. */
import type { Chunk } from '../chunks';
import type { External, Malformed } from '../ir';
import type { FileScope, Scope } from './names';

/** The part of a chunk that depends on its text, and on which names are types, alone: shared by all chunks that are equal in both. */
export interface Lowered {
  readonly externals: readonly External[];
  /** Every malformed node among the externals, in order, and blocks that are not closed. */
  readonly problems: readonly Malformed[];
}

/** A chunk put down for the parser. */
interface Writing {
  readonly text: string;
  /** Parses the text. */
  lower(): Lowered;
}

/** What was lowered, and what it went by. */
interface Known {
  readonly lowered: Lowered;
  readonly words: readonly string[];
  readonly scope: NotedScope;
  /** As the parser read it. */
  readonly written: string;
}

interface Entry {
  /** Of one text: another one for each meaning of its names. */
  readonly known: Known[];
  size: number;
}

/** The longest unused go first. */
export class ChunkCache {
  private readonly entries = new Map<string, Entry>();
  private size = 0;

  /** `limit` is the number of tokens whose IR is kept (some 120 bytes each), more where a unit is large. */
  constructor(private limit = 100_000) {}

  /** Makes room for a unit of so many tokens and what is typed in it: were it smaller than the unit, nothing would be found. */
  reserve(tokens: number): void {
    this.limit = Math.max(this.limit, 2 * tokens);
  }

  /**
   * What the chunk is lowered to.
   *
   * @param fileScope gains what the chunk declares
   * @param write puts it down for the parser, where that is not known
   */
  lowered({ tokens, words }: Chunk, fileScope: Scope, write: (scope: FileScope) => Writing): Lowered {
    const key = tokens.map((token) => token.text).join('\n');
    const entry = this.entries.get(key) ?? { known: [], size: 0 };
    this.entries.delete(key);
    this.entries.set(key, entry);
    const same = entry.known.find((known) => areEqual(known.words, words) && known.scope.fits(fileScope));
    if (same) {
      same.scope.declareIn(fileScope);
      return same.lowered;
    }
    const scope = new NotedScope(fileScope);
    const { text, lower } = write(scope);
    scope.declareIn(fileScope);
    const alike = entry.known.find((known) => areEqual(known.words, words) && known.written === text);
    const lowered = alike?.lowered ?? lower();
    entry.known.push({ lowered, words, scope, written: text });
    entry.size += tokens.length;
    this.size += tokens.length;
    this.trim();
    return lowered;
  }

  private trim(): void {
    for (const [oldest, entry] of this.entries) {
      if (this.size <= this.limit || this.entries.size === 1) break;
      this.entries.delete(oldest);
      this.size -= entry.size;
    }
  }
}

function areEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
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
