/**
 * kexec-mint.json holds something that it cannot hold, or that does not fit the sources: a syntax error, an unknown key,
 * a value of the wrong form, a path that leaves the workspace, two nodes with one OSID, a folder without a source tree, a
 * name that the tree does not have. What is wrong is left out, and everything else counts.
 *
 * Example: osid is a number, not a text
 * ```json
 * { "nodes": [{ "osid": "2", "source": "kexec-mint-os2" }] }
 * ```
 *
 * Remedy: the finding stands at the key and says what it holds.
 */
import type { Span } from '../../c/source';
import { type Message, message } from '../../messages';
import type { NodeFacts, ProjectFile } from '../../project/project-file';
import type { RuleContext } from '../context';
import type { LayoutNode } from '../layout';
import { samePlace } from '../places';
import type { Draft, Rule } from '../rule';
import { RULE_NAMES } from '../rule-names';

export const projectFile: Rule = {
  name: 'project-file',
  severity: 'error',
  check: (context) => {
    const { file } = context.project;
    if (!file) return [];
    const own = file.problems.map(({ place, message: text }) => ({ place, message: text, nodes: [] }));
    return [...own, ...unknownRules(file), ...file.nodes.flatMap((facts) => mistakes(context, file, facts))];
  },
};

function unknownRules(file: ProjectFile): readonly Draft[] {
  const names: ReadonlySet<string> = new Set(RULE_NAMES);
  return Object.keys(file.settings.rules ?? {})
    .filter((name) => !names.has(name))
    .map((name) => ({
      place: file.placeOf(['rules', name]),
      message: message('project.no-rule', { name }),
      nodes: [],
    }));
}

/** What a node's entry says that the sources do not have. */
function mistakes(context: RuleContext, file: ProjectFile, facts: NodeFacts): readonly Draft[] {
  const { project, layout } = context;
  const { osid, source } = facts;
  const at = (place: Span, text: Message): Draft => ({ place, message: text, nodes: [osid] });
  if (source !== undefined && !project.trees.some(({ root }) => root === source)) {
    return [at(facts.place('source'), message('project.no-tree'))];
  }
  const node = layout.nodes.find((each) => each.osid === osid);
  if (node) return unknownNames(context, file, facts, node).map(({ place, text }) => at(place, text));
  // A source that could not be used is told already.
  const isTold = file.problems.some(({ place }) => samePlace(place, facts.place('source')));
  return isTold ? [] : [at(facts.place('osid'), message('project.no-node', { osid }))];
}

/** Variables and regions that the node's tree does not have. */
function unknownNames(
  { evaluate }: RuleContext,
  file: ProjectFile,
  { osid, index, define, reserved, place }: NodeFacts,
  { tree, regions }: LayoutNode,
) {
  // Most nodes define nothing, and the tree without an OSID is evaluated for nothing else.
  const isDefined = (name: string) => evaluate(tree, undefined).definitions.has(name);
  const variables = [...define.keys()].filter((name) => !isDefined(name));
  const names = reserved.filter((name) => !regions.some((region) => region.name === name));
  return [
    ...variables.map((name) => ({
      place: file.placeOf(['nodes', index, 'define', name]),
      text: message('project.no-variable', { name, tree: tree.name }),
    })),
    ...names.map((name) => ({
      place: place('reserved'),
      text: message('project.no-region', { name, osid }),
    })),
  ];
}
