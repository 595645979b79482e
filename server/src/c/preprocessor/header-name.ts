/** What an `#include` names (C17 6.10.2), once macros are replaced. */
import { isPunctuator, type PreprocessingToken } from './preprocessing-token';

export interface HeaderName {
  readonly spelled: string;
  readonly angled: boolean;
}

/** The header that the tokens from `next` name; undefined where they name none. */
export function headerName(next: () => PreprocessingToken | undefined): HeaderName | undefined {
  const first = next();
  if (!first) return undefined;
  if (first.kind === 'string' && first.text.startsWith('"') && first.text.length > 2)
    return { spelled: first.text.slice(1, -1), angled: false };
  if (first.kind === 'other' && /^<.+>$/.test(first.text))
    return { spelled: first.text.slice(1, -1), angled: true };
  if (!isPunctuator(first, '<')) return undefined;
  let spelled = '';
  for (let token = next(); token; token = next()) {
    if (isPunctuator(token, '>')) return spelled ? { spelled, angled: true } : undefined;
    spelled += token.spaceBefore ? ` ${token.text}` : token.text;
  }
  return undefined;
}
