/** The picture of a layout beside an earlier one, and what a page around it needs. */
import type { Locale } from '../../messages';
import type { ExportParams, PictureParams, PictureResult } from '../../protocol';
import type { Snapshot } from '../snapshot';

/** An earlier state of the same project. */
export interface Earlier {
  /** What it is, in the session's language: `the last commit`. */
  readonly title: string;
  readonly snapshot: Snapshot;
}

export type Picture = Omit<PictureResult, 'uri' | 'projects'>;

/** Undefined where the project has no OS nodes. */
export function picture(
  _snapshot: Snapshot,
  _before: Earlier | undefined,
  _params: Pick<PictureParams, 'trial' | 'width'>,
  _locale: Locale,
): Picture | undefined {
  return undefined;
}

/** For a report; undefined where the project has no OS nodes. */
export function exportPicture(
  _snapshot: Snapshot,
  _before: Earlier | undefined,
  _format: ExportParams['format'],
  _locale: Locale,
): string | undefined {
  return undefined;
}
