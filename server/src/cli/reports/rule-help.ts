/** The manual's words about each rule. */

import ja from '../../../../docs/rules.ja.md';
import en from '../../../../docs/rules.md';
import type { Locale } from '../../messages';

export interface RuleHelp {
  /** The first sentence. */
  readonly short: string;
  /** The first paragraph. */
  readonly full: string;
  /** All of it, as Markdown without links into the manual. */
  readonly markdown: string;
}

const PAGES: Readonly<Record<Locale, string>> = { en, ja };

/** By the rules' names. */
export function ruleHelp(locale: Locale): ReadonlyMap<string, RuleHelp> {
  const [, ...sections] = PAGES[locale].split(/^## /m);
  return new Map(
    sections.map((section) => {
      const [name = '', , ...paragraphs] = section.trimEnd().split('\n\n');
      const markdown = paragraphs.join('\n\n').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
      const full = markdown.split('\n\n')[0]?.replaceAll('\n', ' ') ?? '';
      const short = /^.*?(?:\.(?= |$)|。)/.exec(full)?.[0] ?? full;
      return [name, { short, full, markdown }];
    }),
  );
}
