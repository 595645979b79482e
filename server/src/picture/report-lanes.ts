/** What a node's dumps show beside its memory. */
import type { LayoutNode } from '../memmap/layout';
import { comparisonsOf, conclusive } from '../memmap/observed/comparison';
import type { MemoryReport } from '../memmap/observed/evidence';
import { partsOf } from '../memmap/overlaps/overlaps';
import { type AddressRange, intersection, subtract, union } from '../range';

/** One dump. */
export interface ReportLane {
  /** URI of the dump. */
  readonly file: string;
  readonly pieces: readonly LanePiece[];
}

export interface LanePiece {
  readonly range: AddressRange;
  /**
   * `agrees`: RAM as predicted. `surplus`: RAM that nothing predicts. `missing`: predicted, and no RAM in the dump.
   * `open`: RAM that is not judged, as some memory of the node is not known.
   */
  readonly kind: 'agrees' | 'surplus' | 'missing' | 'open';
}

export function reportLanes(node: LayoutNode): readonly ReportLane[] {
  const parts = partsOf([node]);
  const compared = comparisonsOf(node).map(conclusive);
  return node.evidence.reports.map((report) => {
    const own = compared.filter((comparison) => comparison.report === report);
    return {
      file: report.file,
      pieces: piecesOf(
        report,
        parts.filter(({ type }) => type === 'ram').map(({ range }) => range),
        own.flatMap(({ surplus }) => surplus),
        own.flatMap(({ missing }) => missing),
      ),
    };
  });
}

function piecesOf(
  { ram }: MemoryReport,
  predicted: readonly AddressRange[],
  surplus: readonly AddressRange[],
  missing: readonly AddressRange[],
): readonly LanePiece[] {
  const agreeing = union(
    ram.flatMap((seen) => predicted.flatMap((range) => intersection(seen, range) ?? [])),
  );
  const open = subtract(subtract(ram, agreeing), surplus);
  const pieces = [
    ...agreeing.map((range) => ({ range, kind: 'agrees' as const })),
    ...subtract(union(surplus), predicted).map((range) => ({ range, kind: 'surplus' as const })),
    ...union(missing).map((range) => ({ range, kind: 'missing' as const })),
    ...open.map((range) => ({ range, kind: 'open' as const })),
  ];
  return pieces.sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
}
