/** What the picture's elements stand for, by the attributes that the picture gives them. */
import type { RegionName } from '../../../../server/src/protocol';

/** The end of a region that can be moved. */
export interface End extends RegionName {
  readonly start: bigint;
  /** Exclusive. */
  readonly end: bigint;
}

export function regionAt(target: EventTarget | null): RegionName | undefined {
  return nameOf(closest(target, '.region[role]'));
}

export function endAt(target: EventTarget | null): End | undefined {
  const found = closest(target, '.end[role]');
  return found ? endOf(found) : undefined;
}

/** Where the regions of the other OS nodes start and end. */
export function edgesOfOthers(svg: Element, { osid }: RegionName): readonly bigint[] {
  return [...svg.querySelectorAll('.end[role]')]
    .flatMap((each) => endOf(each) ?? [])
    .filter((other) => other.osid !== osid)
    .flatMap(({ start, end }) => [start, end]);
}

/** The element of a region (`region`) or of its end (`end`) in the present state. */
export function find(svg: Element, kind: 'region' | 'end', { osid, region }: RegionName): SVGElement | null {
  const name = CSS.escape(region);
  return svg.querySelector(`.${kind}[role][data-node="${osid}"][data-region="${name}"]`);
}

/** Tells the elements of one picture from each other, so that the next picture's can take their place. */
export function keyOf(node: Node): string | undefined {
  if (!(node instanceof Element)) return undefined;
  const name = node.hasAttribute('role') ? nameOf(node) : undefined;
  return name ? `${node.classList[0]} ${name.osid} ${name.region}` : node.id || undefined;
}

function closest(target: EventTarget | null, selector: string): Element | undefined {
  return target instanceof Element ? (target.closest(selector) ?? undefined) : undefined;
}

function nameOf(mark: Element | undefined): RegionName | undefined {
  const node = mark?.getAttribute('data-node');
  const region = mark?.getAttribute('data-region');
  return node && region ? { osid: Number(node), region } : undefined;
}

function endOf(mark: Element): End | undefined {
  const name = nameOf(mark);
  const start = mark.getAttribute('data-start');
  const end = mark.getAttribute('data-end');
  return name && start && end ? { ...name, start: BigInt(start), end: BigInt(end) } : undefined;
}
