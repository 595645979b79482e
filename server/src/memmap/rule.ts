/** What a rule is. */
import type { Span } from '../c/source';
import type { Message } from '../messages';
import type { Severity } from '../project/settings';
import type { RuleContext } from './context';
import type { Finding, Fix } from './finding';

/**
 * A rule in a file of its own. The file's first comment is its page in `docs/rules.md`: what it means, an example, the
 * remedy.
 */
export interface Rule {
  /** One of `RULE_NAMES`. */
  readonly name: string;
  /** Where the settings do not say otherwise, and a draft does not either. */
  readonly severity: Exclude<Severity, 'off'>;
  check(context: RuleContext): readonly Draft[];
}

/**
 * A finding before severities are settled. Drafts of one rule with one place and one message become a single finding
 * of all their nodes, which `{nodes}` in the message names.
 */
export interface Draft {
  readonly place: Span;
  readonly message: Message;
  /** The OSIDs, in any order and any number of times. */
  readonly nodes: readonly number[];
  readonly related?: Finding['related'];
  /** The overlaps it is about, where the project file may allow them. */
  readonly allowable?: Finding['allowable'];
  readonly fixes?: () => readonly Fix[];
  /** Where it differs from the rule's own. */
  readonly severity?: Exclude<Severity, 'off'>;
}
