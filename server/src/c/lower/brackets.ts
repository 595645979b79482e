/** Which brackets belong together. */

const OPENERS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/**
 * For each bracket the index of its partner, -1 for one without and for other words. A brace closes whatever
 * parentheses are still open inside it, as they are while a person types.
 */
export function matchBrackets(words: readonly string[]): Int32Array {
  const partners = new Int32Array(words.length).fill(-1);
  const open: number[] = [];
  words.forEach((word, i) => {
    if (word === '(' || word === '[' || word === '{') open.push(i);
    const opener = OPENERS.get(word);
    if (opener === undefined) return;
    let at = open.length - 1;
    while (word === '}' && at >= 0 && words[open[at] ?? -1] !== '{') at--;
    const partner = open[at];
    if (partner === undefined || words[partner] !== opener) return;
    open.length = at;
    partners[partner] = i;
    partners[i] = partner;
  });
  return partners;
}
