/** Words that a mistyped one may have been meant to be. */
import { distance } from 'fastest-levenshtein';
import { type Message, message } from '../../messages';

/** ` Did you mean …?`; nothing where no word is near. */
export function nearest(word: string, known: readonly string[]): Message | string {
  const near = known
    .map((each) => ({ each, steps: distance(word, each) }))
    .filter(({ each, steps }) => steps <= Math.max(1, Math.floor(each.length / 3)))
    .sort((a, b) => a.steps - b.steps)[0];
  return near ? message('cli.did-you-mean', { word: near.each }) : '';
}
