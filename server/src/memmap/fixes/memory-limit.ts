/** The fix that keeps kexec from putting a node's kernel into other nodes' memory: `--mem-max`, noted for the node. */
import { message } from '../../messages';
import { setNodeKey } from '../../project/project-edit';
import { formatHex } from '../../range';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import type { LayoutNode } from '../layout';
import { type Landing, landings } from '../placement/landings';
import { kernelIn } from '../placement/node-kernel';

/** The project file is what is edited: kexec's command line is in no source. None where the kernel finds no room then. */
export function limitMemory(
  context: RuleContext,
  node: LayoutNode,
  landed: readonly Landing[],
): readonly Fix[] {
  const memMax = limitBelow(context, node, landed);
  if (memMax === undefined) return [];
  const { osid } = node;
  const { uri, file } = context.project;
  const value = formatHex(memMax);
  const nodes = file?.nodes ?? [];
  const edits = setNodeKey({ uri, nodes }, context.text(uri) ?? '', osid, 'memMax', value);
  if (edits.length === 0) return [];
  return [{ title: message('watch.limit', { osid, option: `--mem-max=${value}` }), edits }];
}

/** The highest last address with which the kernel lies in no other node's RAM. */
function limitBelow(
  { layout }: Pick<RuleContext, 'layout'>,
  node: LayoutNode,
  landed: readonly Landing[],
): bigint | undefined {
  const [first] = landed;
  const { kernel } = node;
  if (!kernel || !first) return undefined;
  const memMax = first.part.range.start - 1n;
  const limited = kernelIn(node, { ...kernel, limits: { ...kernel.limits, memMax } })?.placement;
  if (limited?.kind !== 'placed') return undefined;
  const again = landings(layout, node, limited);
  return again.length === 0 ? memMax : limitBelow({ layout }, node, again);
}
