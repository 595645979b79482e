/** What the view "OS nodes" shows: projects, their OS nodes, and what is known of each. */
import type {
  FindingItem,
  NodeItem,
  PlacedItem,
  ProjectItem,
  RegionItem,
} from '../../../server/src/protocol';

/** `uri` names the project in requests, so that a command can take an element for its argument. */
export type Element =
  | (Part & { readonly kind: 'project'; readonly item: ProjectItem })
  | (OfNode & { readonly kind: 'node'; readonly item: NodeItem })
  | (OfNode & { readonly kind: 'region'; readonly item: RegionItem; readonly region: string })
  | (OfNode & { readonly kind: 'kernel-text'; readonly item: PlacedItem })
  | (Part & { readonly kind: 'finding'; readonly item: FindingItem });

interface Part {
  /** The same after each change, so that what is expanded stays so. */
  readonly id: string;
  readonly uri: string;
}

interface OfNode extends Part {
  readonly osid: number;
}

/** Several projects, or the nodes of the only one. */
export function rootsOf(projects: readonly ProjectItem[]): readonly Element[] {
  const [only, ...others] = projects;
  if (only && others.length === 0) return partsOfProject(only);
  return projects.map((item) => ({ kind: 'project', id: item.uri, uri: item.uri, item }));
}

export function childrenOf(element: Element): readonly Element[] {
  switch (element.kind) {
    case 'project':
      return partsOfProject(element.item);
    case 'node':
      return partsOfNode(element.item, { uri: element.uri, osid: element.osid, id: element.id });
    default:
      return [];
  }
}

/** By file, as two trees of a project may claim one OSID. */
function partsOfProject({ uri, nodes, findings }: ProjectItem): readonly Element[] {
  return [
    ...nodes.map((item) => {
      const id = `${uri}#${item.osid} ${item.file}`;
      return { kind: 'node' as const, id, uri, osid: item.osid, item };
    }),
    ...findingsBelow({ id: uri, uri }, findings),
  ];
}

function partsOfNode({ regions, kernelText, findings }: NodeItem, node: OfNode): readonly Element[] {
  const below = (id: string): OfNode => ({ ...node, id: `${node.id}/${id}` });
  return [
    ...regions.map((item) => ({ ...below(item.name), kind: 'region' as const, region: item.name, item })),
    ...(kernelText ? [{ ...below('kernel-text'), kind: 'kernel-text' as const, item: kernelText }] : []),
    ...findingsBelow(node, findings),
  ];
}

/** Lines move as the text is edited; the n-th finding of a rule stays that. */
function findingsBelow({ id, uri }: Part, findings: readonly FindingItem[]): readonly Element[] {
  const counts = new Map<string, number>();
  return findings.map((item) => {
    const count = (counts.get(item.rule) ?? 0) + 1;
    counts.set(item.rule, count);
    return { kind: 'finding', id: `${id}/${item.rule} ${count}`, uri, item };
  });
}
