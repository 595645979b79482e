/** Overlaps that the project file allows. */
import type { Allowance } from '../../project/project-file';
import type { RuleContext } from '../context';
import type { Overlap, Part } from './overlaps';

/** The allowance that an overlap falls under. */
export function allowanceOf(context: Pick<RuleContext, 'project'>, overlap: Overlap): Allowance | undefined {
  return context.project.file?.allowances.find((allowance) => allows(allowance, overlap));
}

/** Whether the overlap is one that the allowance names, in either order of its nodes. */
export function allows({ nodes, regions }: Allowance, { a, b }: Overlap): boolean {
  const isFor = (part: Part, index: 0 | 1) =>
    part.node.osid === nodes[index] && (regions === undefined || part.name === regions[index]);
  return (isFor(a, 0) && isFor(b, 1)) || (isFor(a, 1) && isFor(b, 0));
}
