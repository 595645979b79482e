/** What earlier passes over a workspace came to, for as long as it is right: most changes reach one project only. */
import type { RuleContext } from '../memmap/context';
import type { Finding } from '../memmap/finding';
import type { Project } from '../project/project';
import type { CachedEvaluation } from './evaluation-cache';
import { type FrozenSources, readsTheSame } from './sources';

/** What a pass over a project came to. */
export interface ProjectResult {
  readonly context: RuleContext;
  readonly findings: readonly Finding[];
  /** What the context and the findings rest on. */
  readonly evaluated: ReadonlySet<CachedEvaluation>;
}

/** A result with the moment that it is of. */
export interface KeptResult extends ProjectResult {
  readonly sources: FrozenSources;
  /** The files it rests on. */
  readonly used: ReadonlySet<string>;
  readonly evidenceAge: number;
}

export class KeptWork<Material> {
  private material: { readonly basis: readonly unknown[]; readonly value: Material } | undefined;
  private readonly results = new Map<Project, KeptResult>();

  /** What `compute` makes of a basis; that of before while each item of the basis is the same one. */
  materialOf(basis: readonly unknown[], compute: () => Material): Material {
    const before = this.material;
    const isSame =
      before?.basis.length === basis.length && basis.every((item, index) => item === before.basis[index]);
    if (before && isSame) return before.value;
    const value = compute();
    this.material = { basis, value };
    return value;
  }

  /** The project's result where every file that it rests on reads as it did. */
  resultOf(project: Project, sources: FrozenSources, evidenceAge: number): KeptResult | undefined {
    const kept = this.results.get(project);
    if (!kept || kept.evidenceAge !== evidenceAge) return undefined;
    if (kept.sources === sources) return kept;
    if (!readsTheSame(kept.used, kept.sources, sources)) return undefined;
    const current = { ...kept, sources };
    this.results.set(project, current);
    return current;
  }

  /** Keeps these results, and no others. */
  keep(results: ReadonlyMap<Project, KeptResult>): void {
    this.results.clear();
    for (const [project, result] of results) this.results.set(project, result);
  }
}
