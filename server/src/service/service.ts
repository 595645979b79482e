/** The one owner of changing state: it is told what changes in the world, and answers with snapshots of it. */
import { createEngine, prepare } from '../c/evaluate';
import type { EvaluationRequest } from '../c/evaluation';
import type { CParser } from '../c/parser';
import { discoveryGlobs } from '../project/discover';
import type { PositionEncoding } from '../project/document';
import type { FileAccess, ReadOptions } from '../project/files';
import { DEFAULT_SETTINGS, PROJECT_FILE, type Settings } from '../project/settings';
import { baseName } from '../project/uri';
import { CompileFlags } from './compile-flags';
import { DeferredEvaluation } from './deferred-evaluation';
import { EarlierStates, type PresentInput } from './earlier-states';
import type { EarlierTexts } from './earlier-texts';
import { EvaluationCache } from './evaluation-cache';
import { DUMP, EvidenceFiles } from './evidence-files';
import { failedEvaluation } from './failed-evaluation';
import { KeptWork } from './kept-work';
import type { WorkspaceSnapshot } from './snapshot';
import { Sources } from './sources';
import { computeWorkspace, type WorkspaceInput } from './workspace-computation';

export interface ServiceOptions {
  readonly files: FileAccess;
  readonly parser: CParser;
  readonly settings?: Settings;
  /** What positions count; UTF-16 code units where it is not given. */
  readonly encoding?: PositionEncoding;
  /** URIs of the folders in which source trees are looked for; asked whenever they are looked for. */
  readonly folders: () => readonly string[];
  /** Told of exceptions that were survived. */
  readonly log?: (error: unknown) => void;
  /** Told of the first reading of what discovery has found, which may take long. */
  readonly reading?: Reading;
}

export interface Reading {
  /** A source tree has been read. After changes the count may begin anew. */
  progress(read: number, total: number): void;
  /** All that is to be read has been. */
  end(): void;
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
  /** Leaves out the source trees that have not been read yet, until they are looked for again. */
  stopReading(): void;
  /** The snapshot of the newest state. A state that is overtaken while it is computed is answered with the newer. */
  snapshot(): Promise<WorkspaceSnapshot>;
  /**
   * The newest state beside the same workspace with other texts. Rejects with `NoTexts` where those cannot be understood.
   */
  earlier(texts: EarlierTexts): Promise<TwoStates>;
}

export interface TwoStates {
  readonly present: WorkspaceSnapshot;
  readonly earlier: WorkspaceSnapshot;
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
  private readonly kept: WorkspaceInput['kept'] = new KeptWork();
  private readonly evidence: EvidenceFiles;
  private readonly states: EarlierStates;
  private readonly log: (error: unknown) => void;
  private found: Promise<readonly string[]> | undefined;
  /** What discovery had found when all of it had been read. */
  private read: readonly string[] | undefined;
  private isReading = false;
  private isStopped = false;
  private unread: ReadonlySet<string> = new Set();
  private newest: { readonly revision: number; readonly snapshot: Promise<WorkspaceSnapshot> } | undefined;

  constructor(private readonly options: ServiceOptions) {
    this.settings = options.settings ?? DEFAULT_SETTINGS;
    this.sources = new Sources(options.files, options.encoding ?? 'utf-16');
    this.evidence = new EvidenceFiles(options.files);
    this.log = options.log ?? (() => {});
    const engine = createEngine(options.parser);
    const evaluateSafely = (request: EvaluationRequest) => {
      try {
        return new DeferredEvaluation(request, prepare(request, engine), this.log);
      } catch (error) {
        this.log(error);
        return failedEvaluation(request, error);
      }
    };
    this.evaluations = new EvaluationCache(evaluateSafely);
    this.states = new EarlierStates(evaluateSafely);
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
    this.lookAgain();
  }

  configure(settings: Settings): void {
    this.settings = settings;
    this.lookAgain();
  }

  private lookAgain(): void {
    this.found = undefined;
    this.isStopped = false;
    this.unread = new Set();
    this.revision++;
  }

  stopReading(): void {
    this.isStopped = this.isReading;
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
    const input = this.present(found, revision);
    this.evaluations.begin();
    const computed = await computeWorkspace({
      ...input,
      flags: this.flags,
      kept: this.kept,
      sources: () => this.sources.freeze(),
      load: (asked) => input.load(asked, 'now'),
      isStopped: () => this.isStopped,
      progress: (read, total) => {
        if (this.read === found) return;
        this.isReading = true;
        this.options.reading?.progress(read, total);
      },
    });
    if (!computed) return this.snapshot();
    const { trees, used, unread, snapshot } = computed;
    if (this.read !== found) this.options.reading?.end();
    this.read = found;
    this.unread = unread;
    this.isReading = false;
    this.isStopped = false;
    const kept = new Set([...used, ...this.states.used()]);
    this.sources.retain(kept);
    this.evidence.retain(kept);
    this.evaluations.settle(new Set(trees.map((tree) => tree.root)));
    this.flags.retain(trees);
    return snapshot;
  }

  async earlier(texts: EarlierTexts): Promise<TwoStates> {
    for (;;) {
      const present = await this.snapshot();
      const found = await this.found;
      const earlier = found && (await this.states.of(texts, this.present(found, this.revision)));
      if (earlier && (await this.snapshot()) === present) return { present, earlier };
    }
  }

  private present(found: readonly string[], revision: number): PresentInput {
    const { settings, sources, evaluations, evidence, unread, log } = this;
    return {
      found,
      folders: this.options.folders(),
      settings,
      evaluations,
      evidence,
      unread,
      log,
      isOvertaken: () => revision !== this.revision,
      freeze: (kind) => (kind === 'saved' ? sources.freezeSaved() : sources.freeze()),
      load: async ({ missing, missingDumps, missingBinaries }, kind) => {
        const load = (files: ReadonlySet<string>, options?: ReadOptions) =>
          kind === 'saved' ? sources.loadSaved(files, options) : sources.load(files, options);
        await Promise.all([load(missing), load(missingDumps, DUMP), evidence.load(missingBinaries)]);
      },
    };
  }
}
