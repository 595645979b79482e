/** gcc's `asm` statements: what an instruction does is not followed, but what it may change is unknown behind it. */
import type { Node } from '../ir';
import type { Token } from '../token';
import { branch, waysOf } from './branches';
import { forgetReachable } from './calls';
import type { Data } from './data';
import type { Machine } from './machine';
import { load } from './places';
import type { MemoryObject } from './scope';
import { decayed } from './type-relations';
import { noteCallWrite } from './watching';

/** One operand's tokens between its parentheses, or a section's outside of any. */
type Tokens = readonly Token[];

/** `asm (template : outputs : inputs : clobbers : labels)`; each section its operands, its other tokens last. */
interface Section {
  readonly operands: readonly Tokens[];
  readonly rest: Tokens;
}

/** Forgets the outputs and what a clobbered memory may hold; `jump` goes to a label of `asm goto`. */
export function executeAssembly(m: Machine, node: Node, jump: (label: string) => void): void {
  if (!m.state.live) return;
  const [template, outputs, inputs, clobbers, labels] = sectionsOf(
    m.chunk.tokens.slice(node.first, node.last + 1),
  );
  const reason = m.reason('assembly', undefined, node);
  for (const operand of outputs?.operands ?? []) {
    for (const { object, data, direct } of objectsIn(m, operand, node)) {
      if (direct) {
        m.forget(object, reason);
        noteCallWrite(m, object, node);
      } else forgetReachable(m, 'asm', [data], node);
    }
  }
  // An empty template is a barrier for the compiler: nothing is done.
  const isEmpty = template?.rest.every(({ kind, text }) => kind !== 'string' || text === '""') ?? true;
  if (!isEmpty && clobbers?.rest.some(({ text }) => text === '"memory"')) {
    const handed = (inputs?.operands ?? []).flatMap((operand) => objectsIn(m, operand, node));
    const pointers = handed.filter(({ object, addressed }) => addressed || object.type.kind === 'pointer');
    forgetReachable(
      m,
      'asm',
      pointers.map(({ data }) => data),
      node,
    );
    m.forgetEscaped(reason);
  }
  const condition: Node = { first: node.first, last: node.last - 1 };
  for (const { kind, text } of labels?.rest ?? []) {
    if (kind !== 'identifier') continue;
    branch(
      m,
      waysOf(m, m.fresh(m.int, reason), condition),
      () => jump(text),
      () => undefined,
    );
  }
}

function sectionsOf(tokens: Tokens): Section[] {
  const sections: { operands: Token[][]; rest: Token[] }[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === ')') depth--;
    const section = sections[sections.length - 1];
    if (depth === 1 && /^::?$/.test(token.text)) {
      for (const _ of token.text) sections.push({ operands: [], rest: [] });
    } else if (depth > 1) section?.operands[section.operands.length - 1]?.push(token);
    else if (depth === 1 && token.text === '(') section?.operands.push([]);
    else section?.rest.push(token);
    if (token.text === '(' && depth++ === 0) sections.push({ operands: [], rest: [] });
  }
  return sections;
}

interface Named {
  readonly object: MemoryObject;
  /** The object's value, or its address where that is handed over. */
  readonly data: Data;
  /** The operand is an address of the object. */
  readonly addressed: boolean;
  /** The operand is the object itself or a part of it, not what a pointer in it points to. */
  readonly direct: boolean;
}

/** The objects that an operand names. */
function objectsIn(m: Machine, operand: Tokens, node: Node): Named[] {
  return operand.flatMap(({ kind, text }, index) => {
    const before = operand[index - 1]?.text;
    const symbol =
      kind === 'identifier' && before !== '.' && before !== '->' ? m.scope.find(text) : undefined;
    if (symbol?.kind !== 'object') return [];
    const { object } = symbol;
    const behind = operand[index + 1]?.text;
    const followed = object.type.kind === 'pointer' && (before === '*' || behind === '->' || behind === '[');
    const address: Data = {
      kind: 'pointer',
      type: decayed(object.type),
      target: { kind: 'object', object, offset: 0 },
    };
    const handed = object.type.kind === 'pointer' && before !== '&';
    const place = { kind: 'known', object, offset: 0, type: object.type } as const;
    m.muted++;
    const data = handed ? load(m, place, node) : address;
    m.muted--;
    const addressed = before === '&' || object.type.kind === 'array';
    return [{ object, data, addressed, direct: !followed }];
  });
}
