/** Places as reports write them. */
import type { Place } from '../../messages';
import { rangeOf } from '../../service/positions';
import type { Wording } from '../wording';

/** Lines and columns from 1, columns in UTF-16 code units, the end exclusive. */
export interface TextRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function textRegion(place: Place, { snapshot }: Pick<Wording, 'snapshot'>): TextRegion {
  const { start, end } = rangeOf(snapshot, place);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** `kexec/mint.h:12:3`, both counted from 1. */
export function position(place: Place, wording: Pick<Wording, 'snapshot' | 'paths'>): string {
  const { startLine, startColumn } = textRegion(place, wording);
  return `${wording.paths.of(place.file)}:${startLine}:${startColumn}`;
}
