/** What the evaluator found wrong, as drafts of findings. */
import type { Problem } from '../c/evaluation';
import { type MessageId, message } from '../messages';
import type { LayoutNode } from './layout';
import { problemMessage } from './reasons';
import type { Draft } from './rule';

/** @param id of a message with `{reason}` */
export function problemDraft({ reason, place }: Problem, node: LayoutNode, id: MessageId): Draft {
  return { place, message: message(id, { reason: problemMessage(reason) }), nodes: [node.osid] };
}
