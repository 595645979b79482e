/** Where names of file scope, fields, enumeration constants and macros are defined. */
import type { Definition } from '../evaluation';
import type { Declarator, External, Node, Specifiers } from '../ir';
import type { Preprocessed } from '../preprocessor/preprocess';
import type { Chunk } from './scope';
import { outerSpan } from './spans';

export type DefinitionMap = ReadonlyMap<string, readonly Definition[]>;

/** Collects the definitions of all units, macros first. */
export function definitionsOf(
  units: readonly { preprocessed: Preprocessed; chunks: readonly Chunk[] }[],
): DefinitionMap {
  const all = new Map<string, Definition[]>();
  const add = (definition: Definition): void => {
    const known = all.get(definition.name) ?? [];
    all.set(definition.name, known);
    const { file, start } = definition.span;
    if (!known.some((one) => one.span.file === file && one.span.start === start)) known.push(definition);
  };
  for (const { preprocessed, chunks } of units) {
    preprocessed.definitions.forEach(add);
    for (const chunk of chunks)
      for (const external of chunk.externals) ofExternal(chunk, external).forEach(add);
  }
  return all;
}

function ofExternal(chunk: Chunk, external: External): Definition[] {
  switch (external.kind) {
    case 'function': {
      const own = ofDeclarator(chunk, external.declarator, 'function', external);
      return [...ofSpecifiers(chunk, external.specifiers, external), ...own];
    }
    case 'declaration': {
      const { specifiers } = external;
      const inner = ofSpecifiers(chunk, specifiers, external);
      const own = external.declarators.flatMap(({ declarator }) => {
        const isFunction = declarator.derivations[0]?.kind === 'function';
        const kind = specifiers.storage === 'typedef' ? 'typedef' : isFunction ? 'function' : 'object';
        return ofDeclarator(chunk, declarator, kind, external);
      });
      return [...inner, ...own];
    }
    default:
      return [];
  }
}

/** Members and enumeration constants that specifiers define. */
function ofSpecifiers(chunk: Chunk, specifiers: Specifiers, whole: Node): Definition[] {
  const { type } = specifiers;
  if (type.kind === 'enum') {
    return (type.enumerators ?? []).map((one) => ({
      kind: 'enumerator' as const,
      name: one.name,
      span: outerSpan(chunk, one.first, one.first),
      whole: outerSpan(chunk, one.first, one.last),
    }));
  }
  if (type.kind !== 'record') return [];
  return (type.members ?? []).flatMap((member) => [
    ...ofSpecifiers(chunk, member.specifiers, whole),
    ...member.declarators.flatMap(({ declarator }) =>
      declarator ? ofDeclarator(chunk, declarator, 'field', member) : [],
    ),
  ]);
}

/** The definition that a declarator is; none where it has no name. */
export function ofDeclarator(
  chunk: Chunk,
  declarator: Declarator,
  kind: Definition['kind'],
  whole: Node,
): Definition[] {
  const { name, nameToken } = declarator;
  if (name === undefined || nameToken === undefined) return [];
  return [
    {
      kind,
      name,
      span: outerSpan(chunk, nameToken, nameToken),
      whole: outerSpan(chunk, whole.first, whole.last),
    },
  ];
}
