/** Which names are types where: C's grammar depends on it (C17 6.7.8, 6.2.1). */
import { builtInTypeName } from '../types/type-names';

/** The ordinary identifiers one scope declares: true for a typedef name, false for anything else. */
export type Scope = Map<string, boolean>;

/** What is asked of the file scope, and added to it. */
export interface FileScope {
  get(name: string): boolean | undefined;
  set(name: string, typedef: boolean): void;
}

export class Names {
  /** Those within the file's. */
  private readonly scopes: Scope[] = [];

  /** `file` is the file scope, which declarations add to. */
  constructor(private readonly file: FileScope) {}

  enter(scope: Scope = new Map()): void {
    this.scopes.push(scope);
  }

  /** Ends the innermost scope and returns it. */
  leave(): Scope {
    return this.scopes.pop() ?? new Map();
  }

  declare(name: string, typedef: boolean): void {
    (this.scopes.at(-1) ?? this.file).set(name, typedef);
  }

  /** True: a typedef name; false: declared as something else; undefined: the program does not declare it. */
  isType(name: string): boolean | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const found = this.scopes[i]?.get(name);
      if (found !== undefined) return found;
    }
    return this.file.get(name) ?? (builtInTypeName(name, 'LP64') !== undefined ? true : undefined);
  }
}
