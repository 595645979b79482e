/** The layout as it would be if one region ended elsewhere; nothing is evaluated anew. */
import { type RuleContext, ruleContext } from './context';
import type { LayoutNode, MemoryRange, Region } from './layout';
import { watchesAmong } from './overlaps/watches';

/** A region as it would be if it ended elsewhere. */
export interface Trial {
  readonly osid: number;
  /** `region3` */
  readonly region: string;
  /** Exclusive. */
  readonly end: bigint;
}

/** Undefined where the region cannot end there, or where its end is not what kexec's table has. */
export function tried(context: RuleContext, trial: Trial): RuleContext | undefined {
  const { layout, project, evaluate, text } = context;
  const nodes = layout.nodes.map((node) => (node.osid === trial.osid ? nodeWith(node, trial) : node));
  if (nodes.every((node, index) => node === layout.nodes[index])) return undefined;
  const watches = watchesAmong(nodes);
  return ruleContext({ layout: { ...layout, nodes, watches }, project, evaluate, text });
}

/** The node itself where nothing of it would change. */
function nodeWith(node: LayoutNode, trial: Trial): LayoutNode {
  const region = node.regions.find(({ name }) => name === trial.region);
  const moved = region && endingAt(region, trial.end);
  const ranges = moved && rangesWith(node, region, moved);
  if (!ranges) return node;
  return {
    ...node,
    regions: node.regions.map((one) => (one === region ? moved : one)),
    memory: { ...node.memory, ranges },
  };
}

type Known = Region & { readonly range: NonNullable<Region['range']> };

function endingAt(region: Region, end: bigint): Known | undefined {
  const start = region.start.value;
  if (start === undefined || end <= start || end > 1n << 64n) return undefined;
  return {
    ...region,
    size: { ...region.size, value: end - start },
    end,
    range: { start, end },
    unknown: undefined,
  };
}

/** Undefined where none of them is made of the region. */
function rangesWith({ memory }: LayoutNode, from: Region, to: Known): readonly MemoryRange[] | undefined {
  if (memory.ranges.some((one) => endsWith(one, from))) {
    return memory.ranges.map((one) => {
      if (!endsWith(one, from)) return one;
      const range = { start: one.range.start, end: to.range.end };
      return { ...one, range, region: one.region && to };
    });
  }
  if (memory.from === 'table') return undefined;
  return [...memory.ranges, { range: to.range, type: to.kind, region: to, entry: undefined }];
}

/** Whether it is known what becomes of the node's memory when the region ends elsewhere. */
export function canMove({ memory }: LayoutNode, region: Region): boolean {
  return memory.from === 'regions' || memory.ranges.some((one) => endsWith(one, region));
}

/** One range of the table may hold a region and more below it. */
function endsWith({ range, region }: MemoryRange, { name, range: own }: Region): boolean {
  if (region) return region.name === name;
  return own !== undefined && range.end === own.end && range.start < own.start;
}
