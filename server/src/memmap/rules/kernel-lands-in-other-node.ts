/**
 * kexec will put the OS node's own kernel into memory that another node has as RAM. Booting that node, or its first
 * allocations, write over the kernel of this one.
 *
 * kexec places a kernel top-down in the highest RAM range that holds it. A node that is extended over others therefore
 * has its kernel moved out of its own share: that is what an overlap does first, before any allocation. Where the kernel
 * comes to lie follows from the setup header of the node's bzImage (`bzImage` in kexec-mint.json) and from the limits that
 * kexec is started with (`memMin`, `memMax`). Where no bzImage is named, a kernel that needs 64 MiB stands for it; the
 * finding says so, and is a warning.
 *
 * Example: OS node 0 ends at 0x68000000, and its kernel needs 0x3378000 bytes. kexec puts it at 0x64c00000, where the
 * kernel of OS node 2 is put, too.
 *
 * Remedy: let the node watch that memory instead of taking it: the quick fix gives it a reserved range, and its share
 * back. Starting kexec with `--mem-max` keeps the kernel where it was, and nothing more: the node still takes the memory
 * for its own RAM and allocates from it. [Why node 0 stops](why-node-0-stops.md) tells what was seen with each.
 */
import { fileName, type Message, message } from '../../messages';
import { formatHex, formatRange, formatRoughSize, intersection } from '../../range';
import type { RuleContext } from '../context';
import type { Finding, Fix } from '../finding';
import { limitMemory } from '../fixes/memory-limit';
import { watchFixes } from '../fixes/watch/watch';
import type { LayoutNode } from '../layout';
import { blame } from '../overlaps/blame';
import { partsOf } from '../overlaps/overlaps';
import { type Landing, landings } from '../placement/landings';
import type { NodeKernel } from '../placement/place-kernel';
import { placeOfTree } from '../places';
import type { Draft, Rule } from '../rule';
import { listMessage } from '../wording';

export const kernelLandsInOtherNode: Rule = {
  name: 'kernel-lands-in-other-node',
  severity: 'error',
  check: (context) =>
    context.layout.nodes.flatMap((node) => {
      const { kernel } = node;
      const landed = landings(context.layout, node, kernel?.placement).filter((landing) =>
        isOwnFault(context, node, landing),
      );
      return kernel && landed.length > 0 ? [draft(context, node, kernel, landed)] : [];
    }),
};

/** Where another node reaches into this one's memory, that node's overlap is the finding. */
function isOwnFault(context: RuleContext, node: LayoutNode, { part, taken }: Landing): boolean {
  return context.overlaps.some((overlap) => {
    const isThis = [overlap.a, overlap.b].some((one) => one.node === part.node && one.name === part.name);
    if (!isThis || !intersection(overlap.range, taken)) return false;
    return blame(context, overlap).blamed.node === node;
  });
}

function draft(
  context: RuleContext,
  node: LayoutNode,
  kernel: NodeKernel,
  landed: readonly Landing[],
): Draft {
  const { placement, file, image } = kernel;
  const range = placement.kind === 'placed' ? placement.segments.kernel : { start: 0n, end: 0n };
  const own = partsOf([node]).find(
    ({ type, range: part }) => type === 'ram' && part.start <= range.start && range.start < part.end,
  );
  const size = formatRoughSize(image.initSize);
  const known =
    file === undefined
      ? message('rule.kernel-lands.usual', { size })
      : message('rule.kernel-lands.image', { file: fileName({ file }), size: formatHex(image.initSize) });
  return {
    place: own?.place.end ?? placeOfTree(node.tree),
    message: message('rule.kernel-lands', {
      osid: node.osid,
      kernel: formatRange(range),
      known,
      others: listMessage(landed.map(otherMessage)),
    }),
    nodes: [node.osid, ...landed.map(({ part }) => part.node.osid)],
    related: related(landed),
    fixes: () => fixes(context, node, landed),
    ...(file === undefined ? { severity: 'warning' } : {}),
  };
}

function otherMessage({ part, taken }: Landing): Message {
  return message('rule.kernel-lands.other', {
    osid: part.node.osid,
    region: part.name,
    range: formatRange(part.range),
    taken: formatRange(taken),
  });
}

function related(landed: readonly Landing[]): Finding['related'] {
  return landed.map(({ part }) => ({
    place: part.place.start,
    message: message('rule.node-overlap.other', {
      osid: part.node.osid,
      region: part.name,
      range: formatRange(part.range),
    }),
  }));
}

function fixes(context: RuleContext, node: LayoutNode, landed: readonly Landing[]): readonly Fix[] {
  const [watch, ...others] = watchFixes(context, node);
  return [
    ...(watch ? [{ ...watch, preferred: true }] : []),
    ...others,
    ...limitMemory(context, node, landed),
  ];
}
