/** The definitions each tree is compiled with, read anew only when a file they stand in is another one. */
import { compileDefinitions, type Definitions, definitionFiles } from '../project/compile-definitions';
import type { SourceTree } from '../project/tree';
import type { FrozenSources, Source } from './sources';

interface Entry {
  readonly documents: readonly Source[];
  readonly definitions: Definitions;
}

export class CompileFlags {
  private readonly entries = new Map<string, Entry>();

  definitionsOf(tree: SourceTree, sources: FrozenSources): Definitions {
    const documents = definitionFiles(tree).map((file) => sources.get(file));
    const before = this.entries.get(tree.memmapFile);
    if (before?.documents.every((document, index) => document === documents[index]))
      return before.definitions;
    const definitions = compileDefinitions(tree, (file) => sources.get(file)?.getText());
    this.entries.set(tree.memmapFile, { documents, definitions });
    return definitions;
  }

  /** Drops the entries of all other trees. */
  retain(trees: readonly SourceTree[]): void {
    const files = new Set(trees.map((tree) => tree.memmapFile));
    for (const file of this.entries.keys()) if (!files.has(file)) this.entries.delete(file);
  }
}
