/** Whether code is executed in some cases only, as its place in the syntax says. */
import type { Node } from '../ir';
import type { Chunk } from './scope';

/** Parts that run when a condition wants them to. A `do` runs its body at least once. */
const CONDITIONAL: Readonly<Record<string, readonly string[]>> = {
  if: ['then', 'otherwise'],
  switch: ['body'],
  while: ['body'],
  for: ['body', 'step'],
  conditional: ['then', 'otherwise'],
};

/** True for a node under an `if`, `switch`, `while`, `for`, `?:`, `&&` or `||` of its function, decided or not. */
export function isUnderCondition(chunk: Chunk, node: Node): boolean {
  const around = chunk.externals.find((external) => holds(external, node));
  for (let part: object | undefined = around; part && part !== node; ) {
    const found: Part | undefined = partWith(part, node);
    if (found && isConditional(part, found.name)) return true;
    part = found?.node;
  }
  return false;
}

interface Part {
  readonly name: string;
  readonly node: object;
}

/** The child that holds the node; lists and pieces without tokens of their own are looked into. */
function partWith(parent: object, node: Node): Part | undefined {
  for (const [name, child] of Object.entries(parent) as [string, unknown][]) {
    if (typeof child !== 'object' || child === null) continue;
    if (isNode(child)) {
      if (holds(child, node)) return { name, node: child };
      continue;
    }
    const inner = partWith(child, node);
    if (inner) return { name, node: inner.node };
  }
  return undefined;
}

function isConditional(parent: object, name: string): boolean {
  const kind = 'kind' in parent ? String(parent.kind) : '';
  if (kind === 'binary' && 'operator' in parent) {
    return name === 'right' && (parent.operator === '&&' || parent.operator === '||');
  }
  return CONDITIONAL[kind]?.includes(name) === true;
}

function isNode(value: object): value is Node {
  return 'first' in value && 'last' in value;
}

function holds(outer: Node, inner: Node): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}
