/** Evaluations that are still good: those whose files read now as they read then. */
import type { Evaluation, EvaluationRequest } from '../c/evaluation';
import type { SourceHost } from '../c/source';

/** What the evaluator is asked, with a key that stands for all of the request but the texts. */
export interface KeyedRequest {
  /** Requests of one owner go together: the tree's root. */
  readonly owner: string;
  readonly key: string;
  readonly request: EvaluationRequest;
}

type Text = string | null | undefined;

export interface CachedEvaluation {
  readonly owner: string;
  readonly key: string;
  /** Exactly what the evaluator read, and what it got. */
  readonly reads: ReadonlyMap<string, Text>;
  /** And of files without a text why. */
  readonly errors: ReadonlyMap<string, string>;
  readonly evaluation: Evaluation;
}

/** Beyond those of the newest snapshot so many are kept, for texts that come back: an undo, a fix that was tried. */
const SPARE = 16;
/** Fewer where their texts are longer than this in all, in UTF-16 units: some 150 bytes are kept for each. */
const SPARE_TEXT = 500_000;
/** Between two snapshots there may be so many more; an evaluation of a real tree takes some 3 MB. */
const MOST_BETWEEN = 160;

export class EvaluationCache {
  /** By key, the one used last first. */
  private readonly byKey = new Map<string, CachedEvaluation[]>();
  /** All of them, the one used longest ago first. */
  private readonly byAge = new Set<CachedEvaluation>();
  /** How many the newest snapshot rests on. */
  private live = 0;
  /** Since the last snapshot was complete, or the work on one began. */
  private readonly used = new Set<CachedEvaluation>();
  private isBuilding = false;

  /** @param lender its evaluations are used where they fit, and are not kept here */
  constructor(
    private readonly evaluate: (request: EvaluationRequest) => Evaluation,
    private readonly lender?: EvaluationCache,
  ) {}

  get(keyed: KeyedRequest): CachedEvaluation {
    const lent = this.lender?.peek(keyed);
    if (lent) return lent;
    const entry = this.peek(keyed) ?? this.compute(keyed);
    this.use(entry);
    const kept = this.isBuilding ? Math.max(this.live, this.used.size) : this.live;
    if (this.byAge.size > kept + MOST_BETWEEN) this.trim(this.isBuilding);
    return entry;
  }

  /** An evaluation that came from here is used once more: it is the youngest now. */
  use(entry: CachedEvaluation): void {
    const entries = this.byKey.get(entry.key) ?? [];
    if (entries[0] !== entry)
      this.byKey.set(entry.key, [entry, ...entries.filter((other) => other !== entry)]);
    this.byAge.delete(entry);
    this.byAge.add(entry);
    this.used.add(entry);
  }

  /** The same where it is there; it gets no younger. */
  private peek({ key, request }: KeyedRequest): CachedEvaluation | undefined {
    return this.byKey.get(key)?.find((candidate) => isCurrent(candidate, request.host));
  }

  /** Work on a snapshot begins: what it uses from here on stays until it is complete, however many trees there are. */
  begin(): void {
    this.used.clear();
    this.isBuilding = true;
  }

  /** A snapshot is complete: what it used stays, what is of other owners goes, and of the rest the newest stay. */
  settle(owners: ReadonlySet<string>): void {
    this.live = this.used.size;
    this.used.clear();
    this.isBuilding = false;
    for (const entry of this.byAge) if (!owners.has(entry.owner)) this.drop(entry);
    this.trim();
  }

  private trim(sparesUsed = false): void {
    const spares = [...this.byAge].slice(0, Math.max(0, this.byAge.size - this.live));
    let text = spares.reduce((sum, spare) => sum + textLength(spare), 0);
    for (const oldest of this.byAge) {
      const isFew = this.byAge.size <= this.live + SPARE && text <= SPARE_TEXT;
      if (isFew || this.byAge.size <= this.live + 1) break;
      if (sparesUsed && this.used.has(oldest)) continue;
      text -= textLength(oldest);
      this.drop(oldest);
    }
  }

  private drop(entry: CachedEvaluation): void {
    this.byAge.delete(entry);
    this.used.delete(entry);
    const left = (this.byKey.get(entry.key) ?? []).filter((other) => other !== entry);
    if (left.length > 0) this.byKey.set(entry.key, left);
    else this.byKey.delete(entry.key);
  }

  private compute({ owner, key, request }: KeyedRequest): CachedEvaluation {
    const reads = new Map<string, Text>();
    const errors = new Map<string, string>();
    const host: EvaluationRequest['host'] = {
      ...request.host,
      read(file) {
        const text = request.host.read(file);
        reads.set(file, text);
        const error = request.host.errorOf?.(file);
        if (error !== undefined) errors.set(file, error);
        return text;
      },
    };
    return { owner, key, reads, errors, evaluation: this.evaluate({ ...request, host }) };
  }
}

function isCurrent({ reads, errors }: CachedEvaluation, host: SourceHost): boolean {
  for (const [file, text] of reads) {
    if (host.read(file) !== text || host.errorOf?.(file) !== errors.get(file)) return false;
  }
  return true;
}

/** Of what was read as code, not of what was only looked through. */
function textLength({ reads, evaluation }: CachedEvaluation): number {
  return evaluation.files.reduce((sum, file) => sum + (reads.get(file)?.length ?? 0), 0);
}
