/** Programs through which a process meets what a system may refuse. */

/** Keeps the superuser to the permissions of files, as anybody else. */
export const UNPRIVILEGED: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all'] : [];

/**
 * Each call is answered with the error.
 *
 * @param path where only those on this file are
 */
export function failing(call: string, error: string, path?: string): readonly string[] {
  const only = path === undefined ? [] : ['-P', path];
  const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:error=${error}`];
  return ['strace', '-f', '-qq', '-o', '/dev/null', ...only, ...inject];
}
