/** Evaluations that are still good: those whose files read now as they read then. */
import type { Evaluation, EvaluationRequest } from '../c/evaluation';

/** What the evaluator is asked, with a key that stands for all of the request but the texts. */
export interface KeyedRequest {
  /** Requests of one owner live and go together: the tree's root. */
  readonly owner: string;
  readonly key: string;
  readonly request: EvaluationRequest;
}

type Text = string | null | undefined;

export interface CachedEvaluation {
  /** Exactly what the evaluator read, and what it got. */
  readonly reads: ReadonlyMap<string, Text>;
  readonly evaluation: Evaluation;
}

/** Edited texts that fixes try are evaluated too; of one request so many results are kept, the newest first. */
const KEPT = 8;
/** Requests of one owner: each OSID, twice, as a Makefile that is edited gives a request anew. */
const KEYS_KEPT = 2 * 65;

export class EvaluationCache {
  private readonly owners = new Map<string, Map<string, CachedEvaluation[]>>();

  constructor(private readonly evaluate: (request: EvaluationRequest) => Evaluation) {}

  get({ owner, key, request }: KeyedRequest): CachedEvaluation {
    const entries = this.entriesOf(owner, key);
    const { read } = request.host;
    const hit = entries.findIndex((entry) => isCurrent(entry, read));
    const entry = entries.splice(hit < 0 ? entries.length : hit, 1)[0] ?? this.compute(request);
    entries.unshift(entry);
    entries.length = Math.min(entries.length, KEPT);
    return entry;
  }

  /** Drops the evaluations of all other owners. */
  retain(owners: ReadonlySet<string>): void {
    for (const owner of this.owners.keys()) if (!owners.has(owner)) this.owners.delete(owner);
  }

  private entriesOf(owner: string, key: string): CachedEvaluation[] {
    const keys = this.owners.get(owner) ?? new Map<string, CachedEvaluation[]>();
    this.owners.set(owner, keys);
    const entries = keys.get(key) ?? [];
    // A map keeps the order of insertion: the key used last moves to the end.
    keys.delete(key);
    keys.set(key, entries);
    for (const oldest of keys.keys()) {
      if (keys.size <= KEYS_KEPT) break;
      keys.delete(oldest);
    }
    return entries;
  }

  private compute(request: EvaluationRequest): CachedEvaluation {
    const reads = new Map<string, Text>();
    const host: EvaluationRequest['host'] = {
      candidates: request.host.candidates,
      read(file) {
        const text = request.host.read(file);
        reads.set(file, text);
        return text;
      },
    };
    return { reads, evaluation: this.evaluate({ ...request, host }) };
  }
}

function isCurrent(entry: CachedEvaluation, read: (file: string) => Text): boolean {
  for (const [file, text] of entry.reads) if (read(file) !== text) return false;
  return true;
}
