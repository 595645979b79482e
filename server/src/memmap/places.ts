/** Where in the sources a region's start and size come from. */
import type { Write } from '../c/evaluation';
import type { Span } from '../c/source';
import type { SourceTree } from '../project/tree';
import type { Layout, LayoutNode, Quantity, Region } from './layout';

/** The write that gives the quantity its final value: the last one executed. */
export function lastWrite(quantity: Quantity): Write | undefined {
  return quantity.watched?.writes.at(-1);
}

/** The text that decides a quantity: its last expression, else what is assigned, else where it is declared. */
export function placeOf(quantity: Quantity, node: Pick<LayoutNode, 'tree'>): Span {
  const write = lastWrite(quantity);
  return (
    write?.expression ??
    write?.target ??
    quantity.watched?.definition?.span ??
    beginningOf(node.tree.memmapFile)
  );
}

/** The statement or definition that decides a quantity, undefined where the program has none. */
export function statementOf(quantity: Quantity): Span | undefined {
  const write = lastWrite(quantity);
  if (write) return write.macro?.span ?? write.span;
  const definition = quantity.watched?.definition;
  return definition?.kind === 'macro' ? definition.whole : undefined;
}

export function beginningOf(file: string): Span {
  return { file, start: 0, end: 0 };
}

/** Where a finding about a tree as a whole stands. */
export function placeOfTree(tree: SourceTree): Span {
  return beginningOf(tree.memmapFile);
}

export function samePlace(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

/** True when the places share a character, or one that is empty touches the other. */
export function touches(a: Span, b: Span): boolean {
  return a.file === b.file && a.start <= b.end && b.start <= a.end;
}

/** A region's start or size of one OS node. */
export interface QuantityOfNode {
  readonly node: LayoutNode;
  readonly region: Region;
  readonly part: 'start' | 'size';
}

/** The starts and sizes whose deciding statements hold the place; one for each node that the tree serves. */
export function quantitiesAt(layout: Layout, place: Span): readonly QuantityOfNode[] {
  const found: QuantityOfNode[] = [];
  for (const node of layout.nodes) {
    for (const region of node.regions) {
      for (const part of ['start', 'size'] as const) {
        const statement = statementOf(region[part]);
        if (statement && touches(statement, place)) found.push({ node, region, part });
      }
    }
  }
  return found;
}
