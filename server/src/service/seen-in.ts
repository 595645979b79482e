/** Which dumps show a region as it is predicted, in words. */
import type { LayoutNode, Region } from '../memmap/layout';
import { agrees, comparisonsOf } from '../memmap/observed';
import { fileName, type Message, message } from '../messages';

/** So many dumps are named; what more there are adds nothing. */
const MOST_FILES = 2;

export interface RegionOfNode {
  readonly node: LayoutNode;
  readonly region: Region;
}

/** `seen in os0.iomem, os2.kexec`; undefined where no dump agrees. */
export function seenIn(regions: readonly RegionOfNode[]): Message | undefined {
  return named('editor.seen-in', filesThat(regions, true));
}

/** `not as in os0.iomem`; undefined where no dump differs. */
export function notAsIn(regions: readonly RegionOfNode[]): Message | undefined {
  return named('editor.not-as-in', filesThat(regions, false));
}

function filesThat(regions: readonly RegionOfNode[], agree: boolean): readonly string[] {
  const files = regions.flatMap(({ node, region }) =>
    comparisonsOf(node, region)
      .filter((comparison) => agrees(comparison) === agree)
      .map(({ report }) => fileName(report)),
  );
  return [...new Set(files)];
}

function named(id: 'editor.seen-in' | 'editor.not-as-in', files: readonly string[]): Message | undefined {
  if (files.length === 0) return undefined;
  const rest = files.length - MOST_FILES;
  const shown = files.slice(0, MOST_FILES).join(', ');
  return message(id, { files: rest > 0 ? `${shown}, …` : shown });
}
