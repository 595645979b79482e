/** Executed expressions by where they stand in the source. */
import type { Derivation, Evaluated } from '../evaluation';
import type { Expression, Node } from '../ir';
import type { Span } from '../source';
import { bare } from './derivation';
import { toTracedValue } from './outcome';
import type { Chunk } from './scope';
import { placesOf, type ReadText } from './spans';
import type { Trace } from './trace';

interface Entry {
  readonly span: Span;
  readonly chunk: Chunk;
  readonly node: Node;
  readonly trace: Trace;
}

/** Finds the values of expressions by their place; built when it is first asked. */
export class ExpressionIndex {
  private files: Map<string, Entry[]> | undefined;

  constructor(
    private readonly chunks: () => Iterable<Chunk>,
    private readonly read: ReadText,
    private readonly derive: (chunk: Chunk, expression: Expression) => Derivation,
  ) {}

  /** Innermost first. */
  at(file: string, offset: number): readonly Evaluated[] {
    const found = this.of(file).filter(({ span }) => span.start <= offset && offset <= span.end);
    // An offset between two tokens belongs to what begins there, if anything does.
    const within = found.filter(({ span }) => offset < span.end);
    const chosen = within.length > 0 ? within : found;
    const bySize = [...chosen].sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
    return unique(bySize).map((entry) => this.evaluated(entry));
  }

  within(place: Span): readonly Evaluated[] {
    const found = this.of(place.file).filter(
      ({ span }) => place.start <= span.start && span.end <= place.end,
    );
    const inOrder = [...found].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    return unique(inOrder).map((entry) => this.evaluated(entry));
  }

  private of(file: string): readonly Entry[] {
    this.files ??= this.build();
    return this.files.get(file) ?? [];
  }

  private build(): Map<string, Entry[]> {
    const files = new Map<string, Entry[]>();
    const add = (span: Span, chunk: Chunk, node: Node, trace: Trace): void => {
      const entries = files.get(span.file) ?? [];
      files.set(span.file, entries);
      entries.push({ span, chunk, node, trace });
    };
    for (const chunk of this.chunks()) {
      for (const [node, trace] of chunk.trace) {
        const place = 'nameToken' in node ? nameOf(node) : node;
        const spans = placesOf(chunk, place, this.read);
        for (const span of spans) add(span, chunk, node, trace);
        // A macro's body may put an argument in parentheses of its own.
        const inner = bare(chunk.tokens, place);
        if (spans.length === 0 && inner.first > place.first)
          for (const span of placesOf(chunk, inner, this.read)) add(span, chunk, node, trace);
      }
    }
    return files;
  }

  private evaluated({ span, chunk, node, trace }: Entry): Evaluated {
    const text = (this.read(span.file)?.slice(span.start, span.end) ?? '').replace(/\s+/g, ' ');
    const { derive } = this;
    const isExpression = 'kind' in node;
    let derivation: Derivation | undefined;
    return {
      span,
      text,
      value: toTracedValue(trace),
      get derivation() {
        if (isExpression) derivation ??= derive(chunk, node as Expression);
        return derivation;
      },
    };
  }
}

/** Of a declarator, the name it declares. */
function nameOf(node: Node & { readonly nameToken?: unknown }): Node {
  return typeof node.nameToken === 'number' ? { first: node.nameToken, last: node.nameToken } : node;
}

/** The first of several entries with the same place: an expression rather than its parenthesized self. */
function unique(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ span }) => {
    const key = `${span.start} ${span.end}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
