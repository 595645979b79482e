/** Which files are dumps of /proc/iomem, as far as their names tell. */
import { matchesGlob } from './glob';
import { baseName } from './uri';

/** The editor's identifier of the language, which package.json contributes. */
export const IOMEM_LANGUAGE = 'iomem';

/** The names that package.json gives the language. */
export const IOMEM_NAMES: readonly string[] = ['*.iomem', 'iomem*.txt'];

/** Case does not count, as in the editor. */
export function hasIomemName(uri: string): boolean {
  const name = baseName(uri).toLowerCase();
  return IOMEM_NAMES.some((glob) => matchesGlob(glob, name));
}
