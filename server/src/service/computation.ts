/** One pass from the texts at hand to a snapshot; it also tells which files it lacked. */
import { buildLayout } from '../memmap/build-layout';
import { type RuleContext, ruleContext } from '../memmap/context';
import { type EvaluateTree, evaluationRequest, type Overlay } from '../memmap/evaluator';
import type { Finding } from '../memmap/finding';
import { findingsOf } from '../memmap/findings';
import type { Layout } from '../memmap/layout';
import { osNodes } from '../memmap/nodes';
import { beginningOf } from '../memmap/places';
import { message } from '../messages';
import { type Definitions, definitionFiles } from '../project/compile-definitions';
import type { Settings } from '../project/settings';
import type { SourceTree } from '../project/tree';
import type { CompileFlags } from './compile-flags';
import type { EvaluationCache, KeyedRequest } from './evaluation-cache';
import { createSnapshot, type Snapshot } from './snapshot';
import type { FrozenSources } from './sources';

export interface ComputationInput {
  readonly trees: readonly SourceTree[];
  readonly folders: readonly string[];
  readonly settings: Settings;
  readonly sources: FrozenSources;
  readonly evaluations: EvaluationCache;
  readonly flags: CompileFlags;
  readonly log: (error: unknown) => void;
}

export class Computation {
  /** Files that were asked for and are not loaded; where there are any, the snapshot is preliminary. */
  readonly missing = new Set<string>();
  /** All files that were asked for, also those that do not exist. */
  readonly used = new Set<string>();
  private readonly failures: Finding[] = [];
  private readonly requests = new Map<string, RequestOfTree>();

  constructor(private readonly input: ComputationInput) {}

  /** Evaluates each tree once, to see which files it reads: cheaper than to find that out for every OS node. */
  probe(): void {
    const { trees } = this.input;
    for (const tree of trees) this.evaluate(tree, trees.length === 1 ? 0 : undefined);
  }

  run(): Snapshot {
    const { trees, settings, sources, folders } = this.input;
    const context = ruleContext({
      layout: this.layout(),
      settings,
      trees,
      evaluate: this.evaluate,
      text: (file) => sources.get(file)?.getText(),
    });
    // Findings of a preliminary layout would be thrown away.
    const findings = this.missing.size > 0 ? [] : this.findings(context);
    return createSnapshot({ context, findings, sources, folders });
  }

  private layout(): Layout {
    const { trees, settings } = this.input;
    try {
      return buildLayout(osNodes(trees, settings, this.evaluate), settings);
    } catch (error) {
      this.failed('layout', error);
      return { window: settings.window, nodes: [], shared: false };
    }
  }

  private findings(context: RuleContext): readonly Finding[] {
    try {
      return [...this.failures, ...findingsOf(context)];
    } catch (error) {
      this.failed('findings', error);
      return this.failures;
    }
  }

  /** An exception of ours costs the person an answer, and is itself a finding. */
  private failed(part: string, error: unknown): void {
    this.input.log(error);
    this.failures.push({
      rule: 'internal-error',
      severity: 'error',
      place: beginningOf(this.input.trees[0]?.memmapFile ?? ''),
      message: message('rule.internal-error', { rule: part, error: String(error) }),
      nodes: [],
      related: [],
      fixes: [],
    });
  }

  private readonly evaluate: EvaluateTree = (tree, osid, overlay) => {
    const { evaluations } = this.input;
    const { reads, evaluation } = evaluations.get(this.requestOf(tree).keyed(osid, overlay));
    for (const file of reads.keys()) this.used.add(file);
    for (const file of evaluation.missing) this.missing.add(file);
    return evaluation;
  };

  private requestOf(tree: SourceTree): RequestOfTree {
    const known = this.requests.get(tree.memmapFile);
    if (known) return known;
    const { settings, sources, flags } = this.input;
    const request = new RequestOfTree(tree, settings, sources, flags.definitionsOf(tree, sources));
    this.requests.set(tree.memmapFile, request);
    for (const file of definitionFiles(tree)) this.used.add(file);
    return request;
  }
}

/** What all evaluations of a tree have in common. */
class RequestOfTree {
  private readonly key: string;

  constructor(
    private readonly tree: SourceTree,
    private readonly settings: Settings,
    private readonly sources: FrozenSources,
    private readonly definitions: Definitions,
  ) {
    this.key = JSON.stringify([tree, settings.dataModel, settings.osidNames, [...definitions]]);
  }

  keyed(osid: number | undefined, overlay: Overlay | undefined): KeyedRequest {
    const { tree, settings, sources, definitions } = this;
    const read = (file: string) => {
      const source = sources.get(file);
      return overlay?.get(file) ?? (source === undefined || source === null ? source : source.getText());
    };
    const request = evaluationRequest(tree, osid, settings, definitions, read);
    return { owner: tree.root, key: `${osid} ${this.key}`, request };
  }
}
