/** One pass over a project, from the texts at hand to its layout and findings; it also tells which files it lacked. */
import { buildLayout } from '../memmap/build-layout';
import { type RuleContext, ruleContext } from '../memmap/context';
import { type EvaluateTree, evaluationRequest, type Overlay } from '../memmap/evaluator';
import type { Finding } from '../memmap/finding';
import { findingsOf } from '../memmap/findings';
import type { Layout } from '../memmap/layout';
import { rangeTable } from '../memmap/memory/table';
import { osidOf, osNodes } from '../memmap/nodes';
import { beginningOf } from '../memmap/places';
import { message } from '../messages';
import { type Definitions, definitionFiles } from '../project/compile-definitions';
import type { Project } from '../project/project';
import type { SourceTree } from '../project/tree';
import type { CompileFlags } from './compile-flags';
import type { CachedEvaluation, EvaluationCache, KeyedRequest } from './evaluation-cache';
import { type AskedFiles, type EvidenceFiles, isMissing } from './evidence-files';
import type { ProjectResult } from './kept-work';
import type { FrozenSources } from './sources';

export interface ComputationInput {
  readonly project: Project;
  readonly sources: FrozenSources;
  readonly evaluations: EvaluationCache;
  readonly flags: CompileFlags;
  readonly evidence: EvidenceFiles;
  /** Where there are missing files, the result is preliminary. */
  readonly asked: AskedFiles;
  readonly log: (error: unknown) => void;
}

export class Computation {
  private readonly failures: Finding[] = [];
  private readonly requests = new Map<string, RequestOfTree>();
  private readonly evaluated = new Set<CachedEvaluation>();
  /** What is evaluated from now on, to try fixes, the result does not rest on. */
  private isDone = false;

  constructor(private readonly input: ComputationInput) {}

  /** Evaluates a tree as the layout will, to see which files it reads, and so that they are not all evaluated at a stretch. */
  read(tree: SourceTree): void {
    const { asked, project } = this.input;
    const { trees, settings, file } = project;
    const only = trees.length === 1 ? 0 : undefined;
    const own = this.evaluate(tree, only);
    if (isMissing(asked)) return;
    const osid = only ?? osidOf(tree, settings, this.evaluate, file?.nodes ?? []);
    rangeTable(osid === only ? own : this.evaluate(tree, osid));
    this.noteAllFiles();
  }

  run(): ProjectResult {
    const { project, sources, asked } = this.input;
    const context = ruleContext({
      layout: this.layout(),
      project,
      evaluate: this.evaluate,
      text: (file) => sources.get(file)?.getText(),
    });
    this.noteAllFiles();
    // Findings of a preliminary layout would be thrown away.
    const findings = isMissing(asked) ? [] : this.findings(context);
    this.noteAllFiles();
    const evaluated = new Set(this.evaluated);
    this.isDone = true;
    return { context, findings, evaluated };
  }

  private layout(): Layout {
    const { project, evidence, sources, asked } = this.input;
    const { trees, settings, file } = project;
    const facts = file?.nodes ?? [];
    try {
      const nodes = osNodes(trees, settings, this.evaluate, facts);
      return buildLayout(nodes, settings, facts, evidence.reader(sources, asked));
    } catch (error) {
      this.failed('layout', error);
      return { window: settings.window, nodes: [], shared: false, unused: [], watches: [] };
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
    const { project, log } = this.input;
    log(error);
    this.failures.push({
      rule: 'internal-error',
      severity: 'error',
      place: beginningOf(project.trees[0]?.memmapFile ?? project.file?.uri ?? ''),
      message: message('rule.internal-error', { rule: part, error: String(error) }),
      nodes: [],
      related: [],
      allowable: [],
      fixes: [],
    });
  }

  private readonly evaluate: EvaluateTree = (tree, osid, overlay) => {
    const { evaluations } = this.input;
    const request = this.requestOf(tree);
    const known = overlay ? undefined : request.answers.get(osid);
    if (known) return known.evaluation;
    const cached = evaluations.get(request.keyed(osid, overlay));
    if (!overlay) request.answers.set(osid, cached);
    if (!this.isDone) this.evaluated.add(cached);
    this.noteFiles(cached);
    return cached.evaluation;
  };

  /** An evaluation may read further files when something is asked of it. */
  private noteAllFiles(): void {
    for (const cached of this.evaluated) this.noteFiles(cached);
  }

  private noteFiles({ reads, evaluation }: CachedEvaluation): void {
    const { asked } = this.input;
    for (const file of reads.keys()) asked.used.add(file);
    for (const file of evaluation.missing) asked.missing.add(file);
  }

  private requestOf(tree: SourceTree): RequestOfTree {
    const known = this.requests.get(tree.memmapFile);
    if (known) return known;
    const { project, sources, flags, asked } = this.input;
    const request = new RequestOfTree(tree, project, sources, flags.definitionsOf(tree, sources));
    this.requests.set(tree.memmapFile, request);
    for (const file of definitionFiles(tree)) asked.used.add(file);
    return request;
  }
}

/** What all evaluations of a tree have in common. */
class RequestOfTree {
  /** To look for one in the cache costs a look at every text that it rests on. */
  readonly answers = new Map<number | undefined, CachedEvaluation>();
  private readonly key: string;

  constructor(
    private readonly tree: SourceTree,
    private readonly project: Project,
    private readonly sources: FrozenSources,
    private readonly definitions: Definitions,
  ) {
    const { dataModel, osidNames, regionNames } = project.settings;
    this.key = JSON.stringify([tree, dataModel, osidNames, regionNames, [...definitions]]);
  }

  keyed(osid: number | undefined, overlay: Overlay | undefined): KeyedRequest {
    const { tree, project, sources, definitions } = this;
    const read = (file: string) => {
      const source = sources.get(file);
      return overlay?.get(file) ?? (source === undefined || source === null ? source : source.getText());
    };
    const request = evaluationRequest(tree, osid, project, definitions, {
      read,
      errorOf: sources.errorOf,
    });
    return { owner: tree.root, key: `${JSON.stringify([...request.pinned])} ${this.key}`, request };
  }
}
