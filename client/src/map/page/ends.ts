/** Moves a region's end with the mouse or the keys; where it is let go, its edit is asked for. */
import type { RegionName } from '../../../../server/src/protocol';
import { formatHex } from '../../../../server/src/range';
import { type AxisPiece, addressAt, bytesPerUnit, parseAxis } from '../axis';
import type { MovedEnd } from '../messages';
import { type Move, moved, snapped } from '../steps';
import type { Host } from './host';
import { type End, edgesOfOthers, endAt, find } from './marks';
import type { Picture } from './picture';

/** An edge of another node this near, in pixels, is what is meant. */
const REACH_PX = 6;

/** A press that has not gone this far is none. */
const SLACK_PX = 3;

interface Drag {
  readonly pointer: number;
  readonly from: End;
  readonly edges: readonly bigint[];
  /** As it was when the drag began: one that changed under the pointer would run away from it. */
  readonly axis: readonly AxisPiece[];
  readonly y: number;
}

export class Ends {
  private drag: Drag | undefined;
  /** What is tried and not yet decided. */
  private trial: MovedEnd | undefined;
  private last: RegionName | undefined;

  /** @param onTrial told of each new trial, and of its end */
  constructor(
    private readonly host: Host,
    private readonly picture: Picture,
    private readonly onTrial: (trial: MovedEnd | undefined) => void,
  ) {
    const { sheet } = picture;
    sheet.addEventListener('pointerdown', (event) => this.press(event));
    sheet.addEventListener('pointermove', (event) => this.pull(event));
    sheet.addEventListener('pointerup', (event) => this.release(event));
    sheet.addEventListener('pointercancel', () => this.giveUp());
    sheet.addEventListener('keydown', (event) => this.key(event));
  }

  /** The region whose end was moved last has the keys again. */
  focus(): void {
    const { svg } = this.picture;
    if (svg && this.last) find(svg, 'end', this.last)?.focus();
  }

  /** The trial is over: an edit was made, or there is none. */
  settled(): void {
    this.letGo();
    this.trial = undefined;
  }

  giveUp(): void {
    const wasTrying = this.trial !== undefined;
    this.settled();
    if (!wasTrying) return;
    this.onTrial(undefined);
    this.host.post({ type: 'trial' });
  }

  private press(event: PointerEvent): void {
    const from = endAt(event.target);
    const { svg, sheet } = this.picture;
    if (!from || !svg || event.button !== 0) return;
    event.preventDefault();
    const axis = parseAxis(svg.getAttribute('data-axis') ?? '[]');
    const edges = edgesOfOthers(svg, from);
    this.drag = { pointer: event.pointerId, from, edges, axis, y: event.clientY };
    // Pictures come and go below the pointer.
    sheet.setPointerCapture(event.pointerId);
    document.body.classList.add('dragging');
    (event.target as Element).closest<SVGElement>('.end')?.focus();
  }

  private pull(event: PointerEvent): void {
    const { drag } = this;
    if (!drag || drag.pointer !== event.pointerId) return;
    if (!this.trial && Math.abs(event.clientY - drag.y) < SLACK_PX) return;
    const y = this.picture.heightAt(event.clientY);
    const address = y === undefined ? undefined : addressAt(drag.axis, y);
    if (y === undefined || address === undefined) return;
    const reach = bytesPerUnit(drag.axis, y) * BigInt(REACH_PX);
    this.try(drag.from, snapped(drag.from.start, address, drag.edges, reach));
  }

  private release(event: PointerEvent): void {
    const { drag } = this;
    if (!drag || drag.pointer !== event.pointerId) return;
    this.letGo();
    this.propose();
  }

  private letGo(): void {
    this.drag = undefined;
    document.body.classList.remove('dragging');
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.trial) {
      this.giveUp();
      event.preventDefault();
      return;
    }
    const at = endAt(event.target);
    const { svg } = this.picture;
    if (!at || !svg || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = moveOf(event);
    if (move) {
      const end = this.isTrying(at) ? BigInt(this.trial?.end ?? at.end) : at.end;
      this.try(at, moved(at.start, end, move, edgesOfOthers(svg, at)));
    } else if (event.key === 'Enter' && this.isTrying(at)) this.propose();
    else return;
    event.preventDefault();
  }

  private isTrying({ osid, region }: End): boolean {
    return this.trial?.osid === osid && this.trial.region === region;
  }

  private try({ osid, region, end: from }: End, end: bigint): void {
    const trial = { osid, region, end: formatHex(end) };
    if (this.trial?.end === trial.end || (!this.trial && end === from)) return;
    this.trial = trial;
    this.last = trial;
    this.onTrial(trial);
    this.host.post({ type: 'trial', trial });
  }

  private propose(): void {
    if (this.trial) this.host.post({ type: 'propose', trial: this.trial });
  }
}

/** Higher addresses lie lower in the picture: what points down or right moves the end there. */
function moveOf({ key, shiftKey }: KeyboardEvent): Move | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return { kind: 'step', up: true, isLarge: shiftKey };
    case 'ArrowUp':
    case 'ArrowLeft':
      return { kind: 'step', up: false, isLarge: shiftKey };
    case 'End':
      return { kind: 'edge', up: true };
    case 'Home':
      return { kind: 'edge', up: false };
    default:
      return undefined;
  }
}
