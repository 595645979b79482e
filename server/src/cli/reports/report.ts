/** What a format makes of the findings. */
import type { Locale } from '../../messages';
import type { Wording } from '../wording';

/** What a report says beside findings. */
export interface Setting {
  readonly locale: Locale;
  /** Of this program. */
  readonly version: string;
  /** URI of the folder that paths are relative to. */
  readonly root: string;
  readonly colours: boolean;
}

export type Reporter = (projects: readonly Wording[], setting: Setting) => string;
