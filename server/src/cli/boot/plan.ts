/** What is to be done for each OS node of a boot: which tree, what is expected, what is written over it. */
import { URI } from 'vscode-uri';
import type { LayoutNode } from '../../memmap/layout';
import { noNode } from '../../memmap/wording';
import { type Message, message } from '../../messages';
import type { Settings } from '../../project/settings';
import { relativePath } from '../../project/uri';
import { type AddressRange, intersection, union } from '../../range';
import type { Snapshot } from '../../service/snapshot';
import { ofKind } from './memory';
import { type OverwriteStage, type Overwriting, WATCHED_BYTES } from './overwrite';
import { type Booted, type Prediction, predict } from './prediction';

export interface NodePlan {
  readonly node: LayoutNode;
  readonly snapshot: Snapshot;
  readonly prediction: Prediction;
  readonly tree: TreePlan;
  readonly overwriting: Overwriting | undefined;
}

export interface TreePlan {
  /** The folder on disk. */
  readonly path: string;
  /** The file of Mint's lines, below it. */
  readonly memmapFile: string;
  /** Names that stand for the OSID, where one tree serves several nodes. */
  readonly defines: ReadonlyMap<string, string>;
}

/** QEMU's PC has this much below its hole for devices, which ends at 4 GiB. */
const HOLE: AddressRange = { start: 0xc0000000n, end: 0x100000000n };
const LEAST_MEMORY = 0x100000000n;

/** @param osid undefined: every node */
export function planNodes(
  projects: readonly Snapshot[],
  osid: number | undefined,
  overwrites: boolean,
  booted: Booted,
): readonly NodePlan[] | Message {
  const plans: NodePlan[] = [];
  for (const snapshot of projects) {
    const predicted: [LayoutNode, Prediction][] = [];
    for (const node of snapshot.layout.nodes) {
      const prediction = predict(node, booted);
      // Another node's memory counts where it is written over.
      if ('id' in prediction) {
        if (osid === undefined || osid === node.osid || overwrites) return prediction;
      } else predicted.push([node, prediction]);
    }
    for (const [node, prediction] of predicted) {
      if (osid !== undefined && osid !== node.osid) continue;
      const others = predicted.flatMap(([, other]) => (other === prediction ? [] : [other]));
      const overwriting = overwrites ? overwritingOf(prediction, others) : undefined;
      plans.push({ node, snapshot, prediction, tree: treeOf(node, snapshot), overwriting });
    }
  }
  if (plans.length > 0) return plans;
  const nodes = projects.flatMap(({ layout }) => layout.nodes);
  return osid === undefined ? message('fix.no-nodes') : noNode(osid, nodes);
}

/** Each other node's kernel is loaded, then each uses all of its RAM. */
function overwritingOf({ ranges }: Prediction, others: readonly Prediction[]): Overwriting {
  const stages: readonly OverwriteStage[] = [
    ...others.map(({ osid, kernel }) => ({
      osid,
      what: 'kernel' as const,
      ranges: kernel ? [kernel] : [],
    })),
    ...others.map((other) => ({
      osid: other.osid,
      what: 'memory' as const,
      ranges: union(ofKind(other.ranges, 'ram')),
    })),
  ];
  const written = union(stages.flatMap((stage) => stage.ranges));
  const ends = union(ofKind(ranges, 'reserved')).flatMap((watched) =>
    written.flatMap((range) => {
      const both = intersection(watched, range);
      return both ? [both.start, both.end - WATCHED_BYTES] : [];
    }),
  );
  const watched = ends.filter((address) => address % WATCHED_BYTES === 0n);
  return { stages: stages.filter((stage) => stage.ranges.length > 0), watched };
}

function treeOf({ tree, osid, osidFrom, evaluation }: LayoutNode, snapshot: Snapshot): TreePlan {
  const { osidNames }: Settings = snapshot.settings;
  const bound = osidFrom.kind === 'shared' || osidFrom.kind === 'project';
  const used = bound ? macrosIn(evaluation.files, osidNames, snapshot) : [];
  return {
    path: URI.parse(tree.root).fsPath,
    memmapFile: relativePath(tree.root, tree.memmapFile) ?? '',
    defines: new Map(used.map((name) => [name, String(osid)])),
  };
}

/** Those of the names that the files ask the preprocessor for. A variable cannot be set from outside. */
function macrosIn(files: Iterable<string>, names: readonly string[], snapshot: Snapshot): readonly string[] {
  const texts = [...files].map((file) => snapshot.document(file)?.getText() ?? '');
  return names.filter((name) => {
    const directive = new RegExp(`^[ \\t]*#[ \\t]*(?:define|ifn?def|if|elif)\\b.*\\b${name}\\b`, 'm');
    return texts.some((text) => directive.test(text));
  });
}

/** Bytes for a machine that has all of the ranges, or why QEMU's PC cannot have them. */
export function memoryFor(plans: readonly NodePlan[]): bigint | Message {
  const ranges = plans.flatMap(({ prediction, overwriting }) => [
    ...prediction.ranges,
    ...(overwriting?.stages ?? []).flatMap((stage) => stage.ranges),
  ]);
  const end = ranges.reduce((highest, range) => (range.end > highest ? range.end : highest), 0n);
  if (ranges.some((range) => range.start < HOLE.end && range.end > HOLE.start)) {
    return message('boot.hole', { start: '0xc0000000', end: '0x100000000' });
  }
  const needed = end > HOLE.end ? end - (HOLE.end - HOLE.start) : end;
  return needed > LEAST_MEMORY ? needed : LEAST_MEMORY;
}
