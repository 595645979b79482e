/** The layout of every project, for lists of its OS nodes. */
import type { Finding } from '../../memmap/finding';
import { type LayoutNode, windowRegion } from '../../memmap/layout';
import { kernelTextKnown } from '../../memmap/wording';
import { fileName, type Locale, message, render } from '../../messages';
import { EVIDENCE_KEYS } from '../../project/project-schema';
import { SEVERITIES } from '../../project/settings';
import { relativePath } from '../../project/uri';
import type {
  AddressItem,
  FindingItem,
  LayoutResult,
  NodeItem,
  PlacedItem,
  ProjectItem,
  RegionItem,
} from '../../protocol';
import { type AddressRange, formatHex, formatRange, formatRoughSize, lengthOf } from '../../range';
import { isText } from '../evidence-files';
import { locationOf, placeText } from '../positions';
import { laidOutProjects, projectName, projectUri } from '../projects';
import { nodeRegionMarkdown } from '../region-markdown';
import { regionLocations } from '../region-places';
import type { Snapshot, WorkspaceSnapshot } from '../snapshot';
import { summaryOf } from '../summary';
import { rangeAndSize } from '../values';

export function layout(workspace: WorkspaceSnapshot, locale: Locale): LayoutResult {
  return { projects: laidOutProjects(workspace).map((project) => projectItem(project, locale)) };
}

function projectItem(snapshot: Snapshot, locale: Locale): ProjectItem {
  const { context, findings } = snapshot;
  const severities = new Set(findings.map(({ severity }) => severity));
  // The settings list the worst first.
  const worst = SEVERITIES.find((severity) => severity !== 'off' && severities.has(severity));
  const owners = new Map(findings.map((finding) => [finding, nodesConcerned(snapshot, finding)]));
  const itemsOf = (isIts: (nodes: readonly LayoutNode[]) => boolean) =>
    findings
      .filter((finding) => isIts(owners.get(finding) ?? []))
      .map((finding) => findingItem(snapshot, finding, locale));
  return {
    uri: projectUri(snapshot),
    name: projectName(snapshot),
    summary: summaryOf(context, locale),
    ...(worst === undefined || worst === 'off' ? {} : { worst }),
    window: addressItem(context.layout.window),
    nodes: context.layout.nodes.map((node) => ({
      ...nodeItem(snapshot, node, locale),
      findings: itemsOf((nodes) => nodes.includes(node)),
    })),
    findings: itemsOf((nodes) => nodes.length === 0),
  };
}

/**
 * The nodes it names; of two that claim one OSID the one whose files it is in. One that names none belongs to the nodes
 * that read its file, or whose tree holds it.
 */
function nodesConcerned(snapshot: Snapshot, { nodes: osids, place }: Finding): readonly LayoutNode[] {
  const { nodes } = snapshot.layout;
  const readers = snapshot.nodesReading(place.file);
  const holders = nodes.filter(({ tree }) => relativePath(tree.root, place.file) !== undefined);
  if (osids.length === 0) return readers.length > 0 ? readers : holders;
  return osids.flatMap((osid) => {
    const named = nodes.filter((node) => node.osid === osid);
    const own = named.filter((node) => readers.includes(node) || holders.includes(node));
    return own.length > 0 ? own : named;
  });
}

function nodeItem(snapshot: Snapshot, node: LayoutNode, locale: Locale): Omit<NodeItem, 'findings'> {
  const { osid, tree, facts, regions, evidence } = node;
  const role = facts?.role && render(message(`layout.role.${facts.role}`), locale);
  const kernelText = evidence.kernelText && kernelTextItem(snapshot, node, locale);
  const overlapping = new Set(snapshot.context.overlaps.flatMap(({ a, b }) => [a.region, b.region]));
  return {
    osid,
    label: render(message('memmap.node', { osid }), locale),
    description: [facts?.name, role, tree.name].filter((part) => part !== undefined).join(' · '),
    file: tree.memmapFile,
    regions: regions.map(
      (region): RegionItem => ({
        name: region.name,
        description: rangeAndSize(region, locale).join(' · '),
        tooltip: nodeRegionMarkdown(snapshot, { node, region }, locale),
        ...(region.range ? { range: addressItem(region.range) } : {}),
        kind: region.kind,
        places: regionLocations(snapshot, node, region),
        isShare: windowRegion(node) === region,
        overlaps: overlapping.has(region),
      }),
    ),
    ...(kernelText ? { kernelText } : {}),
    dumps: dumpsOf(snapshot, node),
  };
}

function kernelTextItem(
  snapshot: Snapshot,
  { evidence: { kernelText } }: LayoutNode,
  locale: Locale,
): PlacedItem | undefined {
  if (!kernelText) return undefined;
  const { range, place } = kernelText;
  const known = render(kernelTextKnown(kernelText), locale, placeText(snapshot));
  return {
    description: [formatRange(range), formatRoughSize(lengthOf(range)), known].join(' · '),
    range: addressItem(range),
    location: locationOf(snapshot, place),
  };
}

/** Those that can be opened and read. */
function dumpsOf(snapshot: Snapshot, { facts }: LayoutNode): NodeItem['dumps'] {
  return EVIDENCE_KEYS.filter(isText).flatMap((key) => {
    const file = facts?.evidence[key];
    return file !== undefined && snapshot.document(file) ? [{ uri: file, label: fileName({ file }) }] : [];
  });
}

function findingItem(snapshot: Snapshot, finding: Finding, locale: Locale): FindingItem {
  const { rule, severity, place } = finding;
  return {
    rule,
    severity,
    message: render(finding.message, locale, placeText(snapshot)),
    location: locationOf(snapshot, place),
  };
}

function addressItem({ start, end }: AddressRange): AddressItem {
  return { start: formatHex(start), end: formatHex(end) };
}
