/** The one owner of changing state: it is told what changes in the world, and answers with snapshots of it. */
import { createEngine, evaluate } from '../c/evaluate';
import type { CParser } from '../c/parser';
import { definitionFiles } from '../project/compile-definitions';
import { discoverTrees, discoveryGlobs } from '../project/discover';
import type { FileAccess } from '../project/files';
import { projectsOf } from '../project/project';
import { readProjectFile } from '../project/project-file';
import { DEFAULT_SETTINGS, PROJECT_FILE, type Settings } from '../project/settings';
import type { SourceTree } from '../project/tree';
import { baseName } from '../project/uri';
import { CompileFlags } from './compile-flags';
import { Computation } from './computation';
import { EvaluationCache } from './evaluation-cache';
import { type AskedFiles, DUMP, EvidenceFiles, isMissing } from './evidence-files';
import { failedEvaluation } from './failed-evaluation';
import { type WorkspaceSnapshot, workspaceSnapshot } from './snapshot';
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
  /**
   * The editor has opened or changed a document.
   *
   * @param language as the editor identifies it; by default C, which says no more than the file's name
   */
  open(file: string, version: number, text: string, language?: string): void;
  close(file: string): void;
  /** A file on disk changed, came or went; of a folder that comes or goes only the folder needs to be told. */
  changed(file: string, change: FileChange): void;
  /** Source trees are looked for again, and files read again. */
  rediscover(): void;
  configure(settings: Settings): void;
  /** The snapshot of the newest state. A state that is overtaken while it is computed is answered with the newer. */
  snapshot(): Promise<WorkspaceSnapshot>;
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
  private readonly evidence: EvidenceFiles;
  private readonly log: (error: unknown) => void;
  private found: Promise<readonly string[]> | undefined;
  private newest: { readonly revision: number; readonly snapshot: Promise<WorkspaceSnapshot> } | undefined;

  constructor(private readonly options: ServiceOptions) {
    this.settings = options.settings ?? DEFAULT_SETTINGS;
    this.sources = new Sources(options.files);
    this.evidence = new EvidenceFiles(options.files);
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

  open(file: string, version: number, text: string, language = 'c'): void {
    this.sources.open(file, version, text, language);
    this.revision++;
  }

  close(file: string): void {
    this.sources.close(file);
    this.revision++;
  }

  changed(file: string, change: FileChange): void {
    const isFound = file.endsWith('.c') || baseName(file) === PROJECT_FILE;
    if (change !== 'changed' && (isFound || this.mayBeFolder(file, change))) this.rediscover();
    // A build changes many files that nothing here rests on.
    if (!this.sources.holds(file) && !this.evidence.holds(file)) return;
    this.sources.forget(file);
    this.evidence.forget(file);
    this.revision++;
  }

  /** A new name that ends in letters after a dot is a file's, unless files below it are waited for: builds make many. */
  private mayBeFolder(file: string, change: FileChange): boolean {
    if (this.sources.holdsBelow(file) || this.evidence.holdsBelow(file)) return true;
    return change === 'created' && !/\.[a-z]\w{0,4}$/i.test(file);
  }

  rediscover(): void {
    this.sources.forgetAll();
    this.evidence.forgetAll();
    this.found = undefined;
    this.revision++;
  }

  configure(settings: Settings): void {
    this.settings = settings;
    this.found = undefined;
    this.revision++;
  }

  snapshot(): Promise<WorkspaceSnapshot> {
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

  private async build(revision: number): Promise<WorkspaceSnapshot> {
    // Messages that have arrived already are taken in first, so that typing ahead is computed once.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (revision !== this.revision) return this.snapshot();
    this.found ??= this.findFiles();
    const found = await this.found;
    if (revision !== this.revision) return this.snapshot();
    const projectFiles = found.filter((file) => baseName(file) === PROJECT_FILE);
    let wanted = askedFiles(projectFiles);
    for (;;) {
      await Promise.all([
        this.sources.load(wanted.missing),
        this.sources.load(wanted.missingDumps, DUMP),
        this.evidence.load(wanted.missingBinaries),
      ]);
      if (revision !== this.revision) return this.snapshot();
      const asked = askedFiles();
      const snapshot = this.compute(found, projectFiles, asked);
      if (snapshot) return snapshot;
      wanted = asked;
    }
  }

  /** One pass with what is loaded; undefined where files are missing, which are then among `asked`. */
  private compute(
    found: readonly string[],
    projectFiles: readonly string[],
    asked: AskedFiles,
  ): WorkspaceSnapshot | undefined {
    const { settings, evaluations, flags, evidence, log } = this;
    const folders = this.options.folders();
    const sources = this.sources.freeze();
    const trees = discoverTrees(found, folders, settings);
    const files = projectFiles.map((file) => readProjectFile(file, sources.get(file)?.getText(), folders));
    const projects = projectsOf(trees, files, settings, folders);
    for (const file of [...projectFiles, ...trees.flatMap(filesOfTree)]) {
      asked.used.add(file);
      if (sources.get(file) === undefined) asked.missing.add(file);
    }
    if (isMissing(asked)) return undefined;
    const computations = projects.map(
      (project) => new Computation({ project, folders, sources, evaluations, flags, evidence, asked, log }),
    );
    for (const computation of computations) computation.probe();
    if (isMissing(asked)) return undefined;
    const snapshots = computations.map((computation) => computation.run());
    if (isMissing(asked)) return undefined;
    this.sources.retain(asked.used);
    evidence.retain(asked.used);
    evaluations.settle(new Set(trees.map((tree) => tree.root)));
    flags.retain(trees);
    return workspaceSnapshot(snapshots, sources);
  }
}

function askedFiles(missing: readonly string[] = []): AskedFiles {
  return { used: new Set(), missing: new Set(missing), missingDumps: new Set(), missingBinaries: new Map() };
}

function filesOfTree(tree: SourceTree): readonly string[] {
  return [tree.memmapFile, ...definitionFiles(tree)];
}
