/** How a value came about: the expression as written, with its names replaced by what they were worth. */
import type { Definition, Derivation, Leaf } from '../evaluation';
import type { Expression, Node } from '../ir';
import type { Span } from '../source';
import type { MacroUse, Token } from '../token';
import type { Value } from '../value';
import { toTracedValue } from './outcome';
import type { Chunk, MemoryObject, Site } from './scope';
import { commonLevels, outerSpan, placeOnLevel, type ReadText, tokensText, usesOf, wholeUses } from './spans';
import type { WriteNote } from './watch';

/** The source that derivations quote: texts, and where names are defined. */
export interface Definitions {
  /** The text at a place on one line, comments left out. */
  textAt(span: Span): string;
  read: ReadText;
  ofSite(site: Site): Definition | undefined;
  /** The first of the name, or of those of a kind. */
  ofName(name: string, kind?: Definition['kind']): Definition | undefined;
}

/** Names are followed to where their values come from at most so many times. */
const DEPTH_LIMIT = 6;

/** What changes an object in a way that the words of the source do not say by themselves. */
const UNTOLD: ReadonlySet<string> = new Set(['initializer-list', 'call', 'step', 'assembly', 'malformed']);

/** A stretch of the expression: its text as written, and with values in place of names. */
interface Segment {
  readonly spaceBefore: boolean;
  readonly source: string;
  readonly substituted: string;
}

export class Deriver {
  constructor(private readonly definitions: Definitions) {}

  ofWrite(note: WriteNote): Derivation | undefined {
    const { operator, chunk, target, expression } = note;
    if (operator === '++' || operator === '--') {
      const before = this.ofExpression(chunk, target as Expression, 0);
      const step = ` ${operator[0]} 1`;
      return { ...before, source: before.source + step, ...withSubstituted(before, (text) => text + step) };
    }
    // A call is told of by its name alone.
    if (expression === undefined) return undefined;
    if (operator === '=' || operator === 'initializer')
      return this.ofExpression(chunk, expression as Expression, 0);
    return this.ofCompound(chunk, operator.slice(0, -1), target as Expression, expression as Expression);
  }

  /** `x op= e` is `x op (e)`. */
  private ofCompound(chunk: Chunk, operator: string, target: Expression, expression: Expression): Derivation {
    const left = this.ofExpression(chunk, target, 0);
    const right = this.ofExpression(chunk, expression, 0);
    const compound =
      /binary|conditional|comma|assignment/.test(expression.kind) && !isParenthesized(chunk, expression);
    const join = (a: string, b: string): string => `${a} ${operator} ${compound ? `(${b})` : b}`;
    const source = join(left.source, right.source);
    const substituted = join(left.substituted ?? left.source, right.substituted ?? right.source);
    const leaves = [...left.leaves, ...right.leaves];
    return substituted === source ? { source, leaves } : { source, substituted, leaves };
  }

  ofExpression(chunk: Chunk, expression: Expression, depth: number): Derivation {
    const level = contextLevel(chunk, expression);
    return new Rendering(chunk, expression, level, this.definitions, (site) =>
      this.ofSite(site, depth + 1),
    ).run();
  }

  /** What an object's one write or initialiser says. */
  private ofSite(site: Site, depth: number): Derivation | undefined {
    if (depth > DEPTH_LIMIT) return undefined;
    const node = site.node as Node & {
      readonly kind: string;
      readonly operator?: string;
      readonly value?: Expression;
    };
    if (node.kind === 'assignment') {
      return node.operator === '=' && node.value
        ? this.ofExpression(site.chunk, node.value, depth)
        : undefined;
    }
    if (UNTOLD.has(node.kind)) return undefined;
    return this.ofExpression(site.chunk, node as Expression, depth);
  }
}

/** How many macro uses the expression comes out of together with what is around it. */
function contextLevel(chunk: Chunk, expression: Expression): number {
  const levels = commonLevels(chunk, expression);
  const [outermost] = wholeUses(chunk, expression);
  const uses = usesOf(chunk.tokens[expression.first]);
  return outermost ? Math.min(levels, uses.indexOf(outermost)) : levels;
}

function withSubstituted(derivation: Derivation, change: (text: string) => string): { substituted?: string } {
  return derivation.substituted === undefined ? {} : { substituted: change(derivation.substituted) };
}

function isParenthesized(chunk: Chunk, node: Node): boolean {
  return chunk.tokens[node.first]?.text === '(' && chunk.tokens[node.last]?.text === ')';
}

/**
 * Writes one expression out. Macro uses beyond `level` are names to the reader: those below it are the statement macro
 * that the whole expression comes out of, whose own text says less than its body.
 */
class Rendering {
  private readonly leaves: Leaf[] = [];
  /** Expressions that are replaced as a whole, by their first token. */
  private readonly replaced = new Map<number, Node & { readonly expression: Expression }>();
  /** All expressions inside, outermost first, by first and last token. */
  private readonly whole = new Map<string, Expression>();

  constructor(
    private readonly chunk: Chunk,
    private readonly root: Expression,
    private readonly level: number,
    private readonly definitions: Definitions,
    private readonly derive: (site: Site) => Derivation | undefined,
  ) {
    this.collect(root);
  }

  run(): Derivation {
    const { leaves } = this;
    const segments = this.stretch(this.root.first, this.root.last, this.level);
    const source = textOf(segments, 'source');
    const substituted = textOf(segments, 'substituted');
    return substituted === source ? { source, leaves } : { source, substituted, leaves };
  }

  private stretch(first: number, last: number, level: number): Segment[] {
    const { tokens } = this.chunk;
    const segments: Segment[] = [];
    for (let i = first; i <= last; ) {
      const use = usesOf(tokens[i])[level];
      let end = this.replaced.get(i)?.last ?? i;
      // A use that is only the beginning of what is replaced, as in `NAME.member`, is no name of its own.
      if (use && usesOf(tokens[end])[level] === use) {
        while (end < last && usesOf(tokens[end + 1])[level] === use) end++;
        segments.push(this.macroUse(i, end, use, level));
      } else segments.push(...this.plain(i, level));
      i = end + 1;
    }
    return segments;
  }

  /** A macro's use: its value where it is an operand as a whole, else its tokens, so that precedence shows. */
  private macroUse(first: number, last: number, use: MacroUse, level: number): Segment {
    const { chunk, definitions } = this;
    const source = definitions.textAt(use.span) || use.macro;
    const spaceBefore = chunk.tokens[first]?.spaceBefore ?? false;
    const operand = this.whole.get(`${first} ${last}`);
    const value = operand && this.valueOf(operand);
    if (!operand || !value) {
      return {
        spaceBefore,
        source,
        substituted: textOf(this.stretch(first, last, level + 1), 'substituted'),
      };
    }
    const derivation = new Rendering(chunk, operand, level + 1, definitions, this.derive).run();
    const definition = definitions.ofName(use.macro, 'macro');
    this.leaves.push({
      kind: 'name',
      text: source,
      span: use.span,
      value,
      ...(derivation.source === source ? {} : { derivation }),
      ...(definition ? { definition } : {}),
    });
    return { spaceBefore, source, substituted: written(value) ?? source };
  }

  /** The token at `index`, or the name or literal that begins there; parentheses around it are left out. */
  private plain(index: number, level: number): Segment[] {
    const { chunk } = this;
    const token = chunk.tokens[index];
    if (!token) return [];
    const { spaceBefore } = token;
    const node = this.replaced.get(index);
    const asIs = (text: string): Segment[] => [{ spaceBefore, source: text, substituted: text }];
    if (!node) return asIs(token.text);
    const text = tokensText(chunk.tokens, node.first, node.last);
    const value = this.valueOf(node.expression);
    if (!value) return asIs(text);
    const span =
      placeOnLevel(chunk, node, level, this.definitions.read) ?? outerSpan(chunk, node.first, node.last);
    const { kind } = node.expression;
    if (kind === 'number' || kind === 'character') {
      this.leaves.push({ kind: 'literal', text, span, value });
      return asIs(text);
    }
    this.leaves.push({ kind: 'name', text, span, value, ...this.originOf(node.expression) });
    return [{ spaceBefore, source: text, substituted: written(value) ?? text }];
  }

  /** Where a name's value comes from, and where it is defined. */
  private originOf(node: Expression): { derivation?: Derivation; definition?: Definition } {
    const place = this.chunk.places.get(node);
    if (!place) {
      const definition = node.kind === 'identifier' ? this.definitions.ofName(node.name) : undefined;
      return definition ? { definition } : {};
    }
    const definition = definitionOf(this.definitions, place.object, node);
    // What is noted of an aggregate's place is that of its first member.
    const isScalar = this.chunk.trace.get(node)?.last.kind !== 'aggregate';
    const site = isScalar ? place.object.sites.get(place.offset) : undefined;
    const derivation = site !== undefined && site !== 'several' ? this.derive(site) : undefined;
    return { ...(derivation ? { derivation } : {}), ...(definition ? { definition } : {}) };
  }

  private valueOf(node: Node): Value | undefined {
    const trace = this.chunk.trace.get(node);
    return trace && toTracedValue({ values: [trace.last], last: trace.last, overflow: false });
  }

  private collect(e: Expression): void {
    const key = `${e.first} ${e.last}`;
    if (!this.whole.has(key)) this.whole.set(key, e);
    const children = childrenOf(e);
    if (children === undefined) {
      const inner = bare(this.chunk.tokens, e);
      this.replaced.set(inner.first, { ...inner, expression: e });
    } else {
      for (const child of children) this.collect(child);
    }
  }
}

/** The node without the parentheses around it. */
export function bare(tokens: readonly Token[], node: Node): Node {
  const { first, last } = node;
  let begin = first;
  while (begin < last && tokens[begin]?.text === '(') begin++;
  let end = last;
  while (end > begin && tokens[end]?.text === ')') end--;
  // Of the parentheses at both ends those belong together that are not closed in between.
  let depth = begin - first;
  let around = Math.min(depth, last - end);
  for (let i = begin; i <= end; i++) {
    if (tokens[i]?.text === '(') depth++;
    else if (tokens[i]?.text === ')') around = Math.min(around, --depth);
  }
  return { first: first + around, last: last - around };
}

function definitionOf(
  definitions: Definitions,
  object: MemoryObject,
  node: Expression,
): Definition | undefined {
  if (node.kind === 'member') return definitions.ofName(node.name, 'field');
  return object.declared && definitions.ofSite(object.declared);
}

/** Operands that are rendered on their own; undefined where the expression is replaced as a whole. */
function childrenOf(e: Expression): readonly Expression[] | undefined {
  switch (e.kind) {
    case 'unary':
      return e.operator === '*' || e.operator === '&' ? undefined : [e.operand];
    case 'binary':
    case 'comma':
      return [e.left, e.right];
    case 'conditional':
      return e.then ? [e.condition, e.then, e.otherwise] : [e.condition, e.otherwise];
    case 'cast':
      return [e.operand];
    case 'assignment':
      return [e.value];
    default:
      return undefined;
  }
}

function textOf(segments: readonly Segment[], key: 'source' | 'substituted'): string {
  return segments
    .map((segment, i) => (i > 0 && segment.spaceBefore ? ` ${segment[key]}` : segment[key]))
    .join('');
}

/** A known value in hexadecimal from 10 on, a negative one in parentheses. */
function written(value: Value): string | undefined {
  if (value.kind !== 'known') return undefined;
  const magnitude = value.value < 0n ? -value.value : value.value;
  const digits = magnitude < 10n ? magnitude.toString() : `0x${magnitude.toString(16)}`;
  return value.value < 0n ? `(-${digits})` : digits;
}
