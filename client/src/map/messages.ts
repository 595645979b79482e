/** What the panel and its page tell each other. Each message is plain data with a `type`. */
import type { PictureResult, RegionName } from '../../../server/src/protocol';

/** What the present state is shown beside: nothing, the files as they are on disk, or as the last commit has them. */
export const COMPARISONS = ['none', 'saved', 'commit'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** How a map can be exported. */
export const EXPORT_FORMATS = ['svg', 'png', 'markdown'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A region and the exclusive end it is to have, `0x60000000`. */
export interface MovedEnd extends RegionName {
  readonly end: string;
}

/** What a person has chosen; the page keeps it while the panel is hidden or the window is loaded again. */
export interface Choice {
  /** The project, by a file of it; the first one without. */
  readonly uri?: string;
  /** The last commit where there is one, else the saved files, unless the person chose otherwise. */
  readonly compare?: Comparison;
}

export type ToPage =
  | {
      readonly type: 'picture';
      readonly picture: PictureResult;
      readonly compare: Comparison;
      /** There is a last commit to compare with. */
      readonly hasCommit: boolean;
      /** What the person has to know about the comparison, if anything. */
      readonly note: string;
      /** The moved end that is drawn. */
      readonly trial?: MovedEnd;
    }
  /** There is no layout. */
  | { readonly type: 'nothing' }
  /** The project that is shown from now on. */
  | { readonly type: 'chosen'; readonly choice: Choice }
  /** The regions that the line with the cursor sets. */
  | { readonly type: 'lit'; readonly regions: readonly RegionName[] }
  /** An edit to apply or not, by what it does. */
  | { readonly type: 'offer'; readonly title: string }
  /** The end of an edit: what became of it. The trial is over. */
  | { readonly type: 'settled'; readonly text: string; readonly failed: boolean }
  /** To be drawn as pixels; answered with `drawn`. */
  | { readonly type: 'draw'; readonly id: number; readonly svg: string };

export type ToPanel =
  /** The page listens, for the first time or after it was hidden. */
  | { readonly type: 'ready'; readonly choice: Choice; readonly width: number }
  | { readonly type: 'choose'; readonly choice: Choice }
  | { readonly type: 'resized'; readonly width: number }
  | { readonly type: 'reveal'; readonly region: RegionName }
  /** The end that is being moved; none where the person gave it up. */
  | { readonly type: 'trial'; readonly trial?: MovedEnd }
  /** The end was let go: asks for the edit. */
  | { readonly type: 'propose'; readonly trial: MovedEnd }
  | { readonly type: 'apply' }
  | { readonly type: 'export' }
  | { readonly type: 'copy' }
  /** What helps where there is no layout. */
  | { readonly type: 'help'; readonly with: 'sample' | 'found' }
  /** PNG as base64, or undefined where it could not be drawn. */
  | { readonly type: 'drawn'; readonly id: number; readonly png?: string };
