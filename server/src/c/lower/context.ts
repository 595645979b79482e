/** What the lowering functions share: the way from the tree's offsets back to tokens, the bound on depth, the problems. */
import type { Block, InitializerList, Malformed, Node, TypeName } from '../ir';
import type { SyntaxNode } from '../parser';
import type { Token } from '../token';
import type { Written } from './pieces';
import { isName } from './words';

/**
 * How many levels of the IR may be nested, over statements, expressions and declarators together; deeper is malformed.
 * Only the `otherwise` branches of `if` may go on without end.
 */
export const NESTING_LIMIT = 1000;
const DETAIL_LENGTH = 80;

/** Thrown where the IR would become too deep, or a tree is not what the grammar promises; caught at the statement. */
export class Unlowerable extends Error {
  constructor(
    readonly what: Malformed['what'],
    /** The part that cannot be lowered; the whole statement where it is absent. */
    readonly detail?: string,
  ) {
    super(what);
  }
}

/** What expressions may hold besides expressions; handed in, since those hold expressions in turn. */
export interface Parts {
  block(context: Context, node: SyntaxNode): Block;
  typeName(context: Context, node: SyntaxNode): TypeName;
  initializerList(context: Context, node: SyntaxNode): InitializerList;
}

export class Context {
  depth = 0;
  readonly problems: Malformed[] = [];

  constructor(
    readonly written: Written,
    readonly words: readonly string[],
    private readonly tokens: readonly Token[],
    readonly parts: Parts,
  ) {}

  /** Goes one level down; `leave` comes back up. */
  enter(): void {
    if (++this.depth > NESTING_LIMIT) throw new Unlowerable('nesting-limit');
  }

  leave(): void {
    this.depth--;
  }

  /** The tokens a node of the tree stands for; where it stands for none, the place before it. */
  range(node: SyntaxNode): Node {
    const first = this.written.firstToken(node.start, node.end);
    if (first >= 0) return { first, last: Math.max(first, this.written.lastToken(node.start, node.end)) };
    const before = Math.max(0, this.written.lastToken(0, node.start + 1));
    return { first: before, last: before };
  }

  /** The token that the node begins with; -1: text of the writer's own. */
  token(node: SyntaxNode): number {
    return this.written.firstToken(node.start, node.start + 1);
  }

  /** The word (see `wordOf`) of the token that the node begins with; empty for text of the writer's own. */
  word(node: SyntaxNode): string {
    return this.words[this.token(node)] ?? '';
  }

  /** The spelling of a token. */
  text(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  /**
   * The spelling of the name that the node stands for. Throws for a keyword, which tree-sitter takes for a name where
   * only a name can stand.
   */
  name(node: SyntaxNode): string {
    const index = this.token(node);
    if (!isName(this.words[index])) throw new Unlowerable('syntax-error');
    return this.text(index);
  }

  isString(index: number): boolean {
    return this.tokens[index]?.kind === 'string';
  }

  malformed(at: Node, what: Malformed['what'], detail = this.sourceOf(at)): Malformed {
    const { first, last } = at;
    const problem: Malformed = { kind: 'malformed', what, detail, first, last };
    this.problems.push(problem);
    return problem;
  }

  /** The tokens' text, cut off where it is long. */
  sourceOf(at: Node): string {
    let text = '';
    for (let i = at.first; i <= at.last && text.length <= DETAIL_LENGTH; i++) {
      text += (text !== '' && this.tokens[i]?.spaceBefore ? ' ' : '') + this.text(i);
    }
    return text.length > DETAIL_LENGTH ? `${text.slice(0, DETAIL_LENGTH)}…` : text;
  }

  /** Lowers with `lower`; what cannot be lowered becomes malformed as a whole. */
  guarded<T>(node: SyntaxNode, lower: () => T): T | Malformed {
    const { depth } = this;
    const reported = this.problems.length;
    try {
      return lower();
    } catch (error) {
      if (!(error instanceof Unlowerable)) throw error;
      this.depth = depth;
      this.problems.length = reported;
      return this.malformed(this.range(node), error.what, error.detail);
    }
  }
}
