/** What reports need to word a project. */
import type { Locale } from '../messages';
import type { Snapshot } from '../service/snapshot';
import type { Paths } from './paths';

export interface Wording {
  readonly snapshot: Snapshot;
  readonly paths: Paths;
  readonly locale: Locale;
}
