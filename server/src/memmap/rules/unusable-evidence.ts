/**
 * A file that kexec-mint.json names for an OS node could not be read, or not all of it: it is not there, it was cut off,
 * its lines are malformed, or it holds nothing of what its key says. What could be read counts.
 *
 * Example: `/proc/iomem` read without privilege has zeros in place of all addresses:
 * ```
 * 00000000-00000000 : System RAM
 * ```
 *
 * Remedy: take the dump again, as root; check the path. The size of a kernel's text (vmlinux, System.map) says nothing of
 * where it lies: give `kernelTextStart`, or the node's `iomem`.
 */
import { fileName, type Message, message } from '../../messages';
import type { EvidenceFault } from '../observed/evidence';
import { faultMessage } from '../observed/faults';
import type { Rule } from '../rule';

export const unusableEvidence: Rule = {
  name: 'unusable-evidence',
  severity: 'warning',
  check: ({ layout }) =>
    layout.nodes.flatMap((node) =>
      node.evidence.problems.map((problem) => ({
        place: problem.place,
        message: text(node.osid, problem),
        nodes: [node.osid],
      })),
    ),
};

function text(osid: number, problem: EvidenceFault): Message {
  return message('rule.unusable-evidence', {
    osid,
    fault: faultMessage(problem.fault, fileName({ file: problem.file })),
  });
}
