/** What the process's environment says of the person. */

/** A tag such as `ja_JP.UTF-8`; undefined where none is set. */
export function environmentLanguage(): string | undefined {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return LC_ALL || LC_MESSAGES || LANG;
}
