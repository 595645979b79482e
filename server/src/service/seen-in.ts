/** Which dumps show a region as it is predicted, in words. */
import { groupBy } from '../group-by';
import type { LayoutNode, Region } from '../memmap/layout';
import { agrees, type Comparison, comparisonsWith, conclusive } from '../memmap/observed/comparison';
import { fileName, type Message, message } from '../messages';

/** So many dumps are named; what more there are adds nothing. */
const MOST_FILES = 2;

export interface RegionOfNode {
  readonly node: LayoutNode;
  readonly region: Region;
}

/** The region of that name of each node that has it. */
export function regionsNamed(nodes: readonly LayoutNode[], name: string): readonly RegionOfNode[] {
  return nodes.flatMap((node) => {
    const region = node.regions.find((candidate) => candidate.name === name);
    return region ? [{ node, region }] : [];
  });
}

/** `seen in os0.iomem, os2.kexec`; undefined where no dump agrees. */
export function seenIn(regions: readonly RegionOfNode[]): Message | undefined {
  // Of memory that is no RAM a dump shows only that it is none.
  const ram = regions.filter(({ region }) => region.kind === 'ram');
  return named(
    'editor.seen-in',
    filesThat(ram, (comparisons) => comparisons.every(agrees)),
  );
}

/** `not as in os0.iomem`; undefined where no dump differs. */
export function notAsIn(regions: readonly RegionOfNode[]): Message | undefined {
  return named(
    'editor.not-as-in',
    filesThat(regions, (comparisons) => comparisons.some((one) => !agrees(conclusive(one)))),
  );
}

/** @param counts asked of what one dump shows of a region, which kexec may get in several ranges */
function filesThat(
  regions: readonly RegionOfNode[],
  counts: (comparisons: readonly Comparison[]) => boolean,
): readonly string[] {
  const files = regions.flatMap(({ node, region }) =>
    [...groupBy(comparisonsWith(node, region), ({ report }) => report)].flatMap(([report, comparisons]) =>
      counts(comparisons) ? [fileName(report)] : [],
    ),
  );
  return [...new Set(files)];
}

function named(id: 'editor.seen-in' | 'editor.not-as-in', files: readonly string[]): Message | undefined {
  if (files.length === 0) return undefined;
  const rest = files.length - MOST_FILES;
  const shown = files.slice(0, MOST_FILES).join(', ');
  return message(id, { files: rest > 0 ? `${shown}, …` : shown });
}
