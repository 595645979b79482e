/** The workspace with other texts: as it is saved, or as it was committed. Nothing of it reaches the present state. */
import { discoveryGlobs, isServed } from '../project/discover';
import { relativePath } from '../project/uri';
import { CompileFlags } from './compile-flags';
import { documentFrom, type EarlierTexts, sameTexts } from './earlier-texts';
import { EvaluationCache } from './evaluation-cache';
import { KeptWork } from './kept-work';
import type { WorkspaceSnapshot } from './snapshot';
import { type FrozenSources, readsTheSame, type Source } from './sources';
import { type ComputedWorkspace, computeWorkspace, type WorkspaceInput } from './workspace-computation';

/** What the present state is computed from, and where other texts come from. */
export interface PresentInput
  extends Omit<WorkspaceInput, 'flags' | 'kept' | 'sources' | 'load' | 'isStopped' | 'progress'> {
  readonly evaluations: EvaluationCache;
  /** The texts of now, or as they are on disk. */
  freeze(kind: 'now' | 'saved'): FrozenSources;
  load(asked: Parameters<WorkspaceInput['load']>[0], kind: 'now' | 'saved'): Promise<void>;
}

interface State {
  readonly texts: EarlierTexts;
  /** The texts that stand for those of now. */
  readonly replaced: ReadonlyMap<string, Source>;
  computed?: Computed;
}

interface Computed extends ComputedWorkspace {
  readonly input: PresentInput;
  /** Readings of files that are no texts change with it. */
  readonly evidenceAge: number;
}

/** So many different states are kept: the saved one, and a commit or two. */
const MOST_STATES = 4;

export class EarlierStates {
  /** The one asked for last comes first. */
  private states: readonly State[] = [];
  private readonly flags = new CompileFlags();
  private evaluations: EvaluationCache | undefined;

  /** @param evaluate as the present state's, whose evaluations are used where they fit */
  constructor(private readonly evaluate: ConstructorParameters<typeof EvaluationCache>[0]) {}

  /** Every file that one of the kept states rests on. */
  used(): readonly string[] {
    return this.states.flatMap(({ computed }) => [...(computed?.used ?? [])]);
  }

  /**
   * What was computed is used again while no file that it rests on is another one: typing in a file that is replaced
   * costs nothing.
   *
   * @returns undefined where it is overtaken
   * @throws NoTexts
   */
  async of(texts: EarlierTexts, input: PresentInput): Promise<WorkspaceSnapshot | undefined> {
    const state = this.states.find((known) => sameTexts(known.texts, texts)) ?? {
      texts,
      replaced: replacements(texts, input.folders),
    };
    this.states = [state, ...this.states.filter((other) => other !== state)].slice(0, MOST_STATES);
    if (!isCurrent(state, input)) {
      const evidenceAge = input.evidence.age;
      const computed = await this.compute(state, input);
      if (!computed) return undefined;
      state.computed = { ...computed, input, evidenceAge };
    }
    return state.computed?.snapshot;
  }

  private async compute(state: State, input: PresentInput): Promise<ComputedWorkspace | undefined> {
    this.evaluations ??= new EvaluationCache(this.evaluate, input.evaluations);
    const { evaluations, flags } = this;
    evaluations.begin();
    const { kind } = ofDisk(state);
    const computed = await computeWorkspace({
      ...input,
      evaluations,
      flags,
      kept: new KeptWork(),
      found: foundThen(state, input),
      sources: () => sourcesOf(state, input),
      load: (asked) => input.load(asked, kind),
      isStopped: () => false,
      progress: () => {},
    });
    if (computed) evaluations.settle(new Set(computed.trees.map(({ root }) => root)));
    return computed;
  }
}

function ofDisk({ texts }: State): { readonly kind: 'now' | 'saved' } {
  return { kind: texts.kind === 'saved' ? 'saved' : 'now' };
}

function sourcesOf(state: State, input: PresentInput): FrozenSources {
  const sources = input.freeze(ofDisk(state).kind);
  const { replaced } = state;
  return {
    get: (file) => (replaced.has(file) ? replaced.get(file) : sources.get(file)),
    errorOf: (file) => (replaced.has(file) ? undefined : sources.errorOf(file)),
    // None of it is in an editor.
    version: () => undefined,
  };
}

/** Files outside of the workspace are left as they are: nothing there is read at any time. */
function replacements(texts: EarlierTexts, folders: readonly string[]): ReadonlyMap<string, Source> {
  if (texts.kind === 'saved') return new Map();
  const inside = [...texts.files].filter(([file]) =>
    folders.some((folder) => relativePath(folder, file) !== undefined),
  );
  return new Map(inside.map(([file, bytes]) => [file, documentFrom(file, bytes)]));
}

/** What discovery would have found then. */
function foundThen({ replaced }: State, { found, folders, settings }: PresentInput): readonly string[] {
  const globs = { files: discoveryGlobs(settings) };
  const others = [...replaced.keys()].filter((file) => isServed(file, folders, globs));
  return [...new Set([...found, ...others])].filter((file) => replaced.get(file) !== null).sort();
}

function isCurrent(state: State, input: PresentInput): boolean {
  const { computed } = state;
  if (!computed) return false;
  const before = computed.input;
  const isSame =
    before.found === input.found &&
    before.settings === input.settings &&
    before.unread === input.unread &&
    computed.evidenceAge === input.evidence.age &&
    before.folders.join('\n') === input.folders.join('\n');
  if (!isSame) return false;
  return readsTheSame(computed.used, computed.sources, sourcesOf(state, input));
}
