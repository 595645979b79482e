/** From a height in the picture to an address: the picture says of which linear pieces its axis is made. */

/** A linear piece of the axis: heights in the picture's units, addresses in bytes. */
export interface AxisPiece {
  readonly y0: number;
  readonly y1: number;
  readonly start: bigint;
  /** Exclusive. */
  readonly end: bigint;
}

/** Reads the attribute `data-axis`; addresses are hexadecimal text. */
export function parseAxis(attribute: string): readonly AxisPiece[] {
  const pieces: readonly { y0: number; y1: number; start: string; end: string }[] = JSON.parse(attribute);
  return pieces.map(({ y0, y1, start, end }) => ({ y0, y1, start: BigInt(start), end: BigInt(end) }));
}

/** The address at height `y`; in a break between two pieces that of the nearer one, beyond all of them that of the last. */
export function addressAt(axis: readonly AxisPiece[], y: number): bigint | undefined {
  const distance = ({ y0, y1 }: AxisPiece) => (y < y0 ? y0 - y : y > y1 ? y - y1 : 0);
  const [first, ...others] = axis;
  if (first === undefined) return undefined;
  const piece = others.reduce((best, each) => (distance(each) < distance(best) ? each : best), first);
  const { y0, y1, start, end } = piece;
  if (y1 <= y0) return start;
  const part = Math.min(Math.max((y - y0) / (y1 - y0), 0), 1);
  // The screen tells no more than a millionth of a piece apart.
  return start + ((end - start) * BigInt(Math.round(part * 1e6))) / 1_000_000n;
}

/** Bytes that one unit of height stands for at `y`. */
export function bytesPerUnit(axis: readonly AxisPiece[], y: number): bigint {
  const piece = axis.find(({ y0, y1 }) => y0 <= y && y <= y1);
  if (piece === undefined || piece.y1 <= piece.y0) return 0n;
  return (piece.end - piece.start) / BigInt(Math.max(1, Math.round(piece.y1 - piece.y0)));
}
