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
import type { Draft, Rule } from '../rule';
import { RULE_NAMES } from '../rule-names';

export const projectFile: Rule = {
  name: 'project-file',
  severity: 'error',
  check: (context) => {
    const { file } = context.project;
    if (!file) return [];
    const own = file.problems.map(({ place, message: text }) => ({ place, message: text, nodes: [] }));
    return [...own, ...unknownRules(file), ...file.nodes.flatMap((facts) => mistakes(context, facts))];
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
function mistakes({ project, layout, evaluate }: RuleContext, facts: NodeFacts): readonly Draft[] {
  const { osid, source, define, reserved } = facts;
  const at = (place: Span, text: Message): Draft => ({ place, message: text, nodes: [osid] });
  const node = layout.nodes.find((each) => each.osid === osid);
  if (source !== undefined && !project.trees.some(({ root }) => root === source)) {
    return [at(facts.place('source'), message('project.no-tree'))];
  }
  if (!node) return [at(facts.place('osid'), message('project.no-node', { osid }))];
  const known = evaluate(node.tree, undefined).definitions;
  return [
    ...[...define.keys()]
      .filter((name) => !known.has(name))
      .map((name) =>
        at(facts.place('define'), message('project.no-variable', { name, tree: node.tree.name })),
      ),
    ...reserved
      .filter((name) => !node.regions.some((region) => region.name === name))
      .map((name) => at(facts.place('reserved'), message('project.no-region', { name, osid }))),
  ];
}
