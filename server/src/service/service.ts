/** The one owner of changing state: it is told what changes in the world, and answers with snapshots of it. */
import { createEngine, evaluate } from '../c/evaluate';
import type { CParser } from '../c/parser';
import { definitionFiles } from '../project/compile-definitions';
import { discoverTrees, discoveryGlobs } from '../project/discover';
import type { FileAccess } from '../project/files';
import { DEFAULT_SETTINGS, type Settings } from '../project/settings';
import { CompileFlags } from './compile-flags';
import { Computation } from './computation';
import { EvaluationCache } from './evaluation-cache';
import { failedEvaluation } from './failed-evaluation';
import type { Snapshot } from './snapshot';
import { Sources } from './sources';

export interface ServiceOptions {
  readonly files: FileAccess;
  readonly parser: CParser;
  readonly settings?: Settings;
  /** URIs of the folders in which source trees are looked for; asked whenever they are looked for. */
  readonly folders: () => readonly string[];
  /** Told of exceptions that were survived. */
  readonly log?: (error: unknown) => void;
}

export type FileChange = 'created' | 'changed' | 'deleted';

/** A change is noted at once and computed when a snapshot is asked for. */
export interface Service {
  /** The editor has opened or changed a document. */
  open(file: string, version: number, text: string): void;
  close(file: string): void;
  /** A file on disk changed, came or went; of a folder that comes or goes only the folder needs to be told. */
  changed(file: string, change: FileChange): void;
  /** Source trees are looked for again, and files read again. */
  rediscover(): void;
  configure(settings: Settings): void;
  /** The snapshot of the newest state. A state that is overtaken while it is computed is answered with the newer. */
  snapshot(): Promise<Snapshot>;
}

export function createService(options: ServiceOptions): Service {
  return new MemmapService(options);
}

class MemmapService implements Service {
  /** Counts changes. */
  private revision = 0;
  private settings: Settings;
  private readonly sources: Sources;
  private readonly evaluations: EvaluationCache;
  private readonly flags = new CompileFlags();
  private readonly log: (error: unknown) => void;
  private found: Promise<readonly string[]> | undefined;
  private newest: { readonly revision: number; readonly snapshot: Promise<Snapshot> } | undefined;

  constructor(private readonly options: ServiceOptions) {
    this.settings = options.settings ?? DEFAULT_SETTINGS;
    this.sources = new Sources(options.files);
    this.log = options.log ?? (() => {});
    const engine = createEngine(options.parser);
    this.evaluations = new EvaluationCache((request) => {
      try {
        return evaluate(request, engine);
      } catch (error) {
        this.log(error);
        return failedEvaluation(request, error);
      }
    });
  }

  open(file: string, version: number, text: string): void {
    this.sources.open(file, version, text);
    this.revision++;
  }

  close(file: string): void {
    this.sources.close(file);
    this.revision++;
  }

  changed(file: string, change: FileChange): void {
    if (change !== 'changed' && (file.endsWith('.c') || this.mayBeFolder(file, change))) this.rediscover();
    this.sources.forget(file);
    this.revision++;
  }

  /** A name that ends in letters after a dot is a file's: builds make and delete many of them. */
  private mayBeFolder(file: string, change: FileChange): boolean {
    return change === 'deleted' ? this.sources.holdsBelow(file) : !/\.[a-z]\w{0,4}$/i.test(file);
  }

  rediscover(): void {
    this.sources.forgetAll();
    this.found = undefined;
    this.revision++;
  }

  configure(settings: Settings): void {
    this.settings = settings;
    this.found = undefined;
    this.revision++;
  }

  snapshot(): Promise<Snapshot> {
    if (this.newest?.revision !== this.revision) {
      this.newest = { revision: this.revision, snapshot: this.build(this.revision) };
    }
    return this.newest.snapshot;
  }

  private async findFiles(): Promise<readonly string[]> {
    try {
      return await this.options.files.find(discoveryGlobs(this.settings));
    } catch (error) {
      this.log(error);
      return [];
    }
  }

  private async build(revision: number): Promise<Snapshot> {
    // Messages that have arrived already are taken in first, so that typing ahead is computed once.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (revision !== this.revision) return this.snapshot();
    this.found ??= this.findFiles();
    const found = await this.found;
    if (revision !== this.revision) return this.snapshot();
    const folders = this.options.folders();
    const trees = discoverTrees(found, folders, this.settings);
    let wanted = new Set(trees.flatMap((tree) => [tree.memmapFile, ...definitionFiles(tree)]));
    for (;;) {
      await this.sources.load(wanted);
      if (revision !== this.revision) return this.snapshot();
      const { settings, evaluations, flags, log } = this;
      const sources = this.sources.freeze();
      const computation = new Computation({ trees, folders, settings, sources, evaluations, flags, log });
      computation.probe();
      const snapshot = computation.missing.size === 0 ? computation.run() : undefined;
      wanted = computation.missing;
      if (!snapshot || wanted.size > 0) continue;
      this.sources.retain(computation.used);
      this.evaluations.settle(new Set(trees.map((tree) => tree.root)));
      this.flags.retain(trees);
      return snapshot;
    }
  }
}
