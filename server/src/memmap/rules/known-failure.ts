/**
 * The layout is one that is known to have failed: OS node 0 extended over node 2's memory.
 *
 * Seen in 2016 with Kexec-Mint, the causes not found then:
 *
 * | region 3 of node 0 | what happened |
 * |---|---|
 * | 0x20000000–0x68000000 | the region was reported as wanted; booting OS node 2 force-rebooted the machine |
 * | 0x20000000–0x60000000 | all nodes booted; OS node 0 stopped when somebody logged in on OS node 2 |
 *
 * Measured since, with upstream kexec-tools 2.0.25 and Linux 6.1 in an emulator: kexec loads a kernel top-down into the
 * highest RAM range that holds it. Extending node 0 therefore moves node 0's own kernel: to 0x64c00000 with the first
 * size, which is where node 2's kernel is loaded next; to 0x5cc00000 with the second, which node 2 uses as soon as it
 * allocates memory. Writing into the other nodes' memory from outside ended node 0 in both cases. That the machine of
 * 2016 failed for this reason is conjecture; against it speaks that node 2's kernel text lay below 0x60000000 then.
 *
 * Remedy: let node 0 have the other nodes' memory as a reserved range instead of RAM. In the same measurement node 0
 * then lived, and read what the others had written.
 */
import { type Message, message } from '../../messages';
import { type AddressRange, formatRange, intersection, sameRange } from '../../range';
import { windowRegion } from '../layout';
import { placeOf } from '../places';
import type { Rule } from '../rule';

interface Trial {
  readonly range: AddressRange;
  readonly seen: Message;
  readonly measured: Message;
}

/** What was tried with OS node 0. */
const TRIALS: readonly Trial[] = [
  {
    range: { start: 0x20000000n, end: 0x68000000n },
    seen: message('rule.known-failure.reboot'),
    measured: message('rule.known-failure.reboot-measured'),
  },
  {
    range: { start: 0x20000000n, end: 0x60000000n },
    seen: message('rule.known-failure.stop'),
    measured: message('rule.known-failure.stop-measured'),
  },
];
const MONITOR = 0;
const VICTIM = 2;

export const knownFailure: Rule = {
  name: 'known-failure',
  severity: 'information',
  check: ({ layout }) => {
    const victim = layout.nodes.find(({ osid }) => osid === VICTIM);
    const covered = victim && windowRegion(victim)?.range;
    return layout.nodes
      .filter(({ osid }) => osid === MONITOR)
      .flatMap((node) => {
        const region = windowRegion(node);
        const own = region?.range;
        const trial = own && TRIALS.find(({ range }) => sameRange(range, own));
        if (!region?.range || !trial || !covered || !intersection(region.range, covered)) return [];
        return [
          {
            place: placeOf(region.size, node),
            message: message('rule.known-failure', {
              region: region.name,
              range: formatRange(region.range),
              seen: trial.seen,
              measured: trial.measured,
            }),
            nodes: [MONITOR, VICTIM],
            related: [
              {
                place: placeOf(windowRegion(victim)?.start ?? region.start, victim),
                message: message('rule.node-overlap.other', {
                  osid: VICTIM,
                  region: windowRegion(victim)?.name ?? '',
                  range: formatRange(covered),
                }),
              },
            ],
          },
        ];
      });
  },
};
