/** Shows the picture, zoomed, with what is lit. The next picture takes its place without moving focus or scroll. */
import morphdom from 'morphdom';
import type { RegionName } from '../../../../server/src/protocol';
import { byId } from './dom';
import type { Host } from './host';
import { find, keyOf } from './marks';

const ZOOM_STEP = 1.25;
const ZOOM_LIMITS = { least: 0.25, most: 4 };

export class Picture {
  readonly sheet = byId('sheet');
  private lit: readonly RegionName[] = [];
  private zoom: number;

  constructor(private readonly host: Host) {
    this.zoom = host.kept.zoom;
    this.sheet.addEventListener('scroll', () => this.keepScroll(), { passive: true });
  }

  get svg(): SVGSVGElement | null {
    return this.sheet.querySelector('svg');
  }

  show(text: string): void {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const next = document.importNode(parsed, true);
    for (const region of this.lit) find(next, 'region', region)?.classList.add('lit');
    resize(next, this.zoom);
    const present = this.svg;
    if (present) {
      morphdom(present, next, { getNodeKey: keyOf });
      return;
    }
    this.sheet.replaceChildren(next);
    const { left, top } = this.host.kept.scroll;
    this.sheet.scrollTo(left, top);
  }

  clear(): void {
    this.sheet.replaceChildren();
  }

  light(regions: readonly RegionName[]): void {
    const { svg } = this;
    this.lit = regions;
    if (!svg) return;
    for (const mark of svg.querySelectorAll('.lit')) mark.classList.remove('lit');
    const marks = regions.flatMap((region) => find(svg, 'region', region) ?? []);
    for (const mark of marks) mark.classList.add('lit');
    marks[0]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  zoomBy(direction: 1 | -1): void {
    this.zoomTo(this.zoom * ZOOM_STEP ** direction);
  }

  /** The whole picture in the sheet. */
  fit(): void {
    const box = this.svg?.viewBox.baseVal;
    if (!box?.width || !box.height) return;
    this.zoomTo(Math.min(this.sheet.clientWidth / box.width, this.sheet.clientHeight / box.height));
  }

  /** Heights and widths of the picture's own units at a place of the window. */
  heightAt(clientY: number): number | undefined {
    const matrix = this.svg?.getScreenCTM();
    return matrix ? new DOMPoint(0, clientY).matrixTransform(matrix.inverse()).y : undefined;
  }

  private zoomTo(zoom: number): void {
    const { svg, sheet } = this;
    if (!svg) return;
    const middle = (sheet.scrollTop + sheet.clientHeight / 2) / this.zoom;
    this.zoom = Math.min(Math.max(zoom, ZOOM_LIMITS.least), ZOOM_LIMITS.most);
    resize(svg, this.zoom);
    sheet.scrollTop = middle * this.zoom - sheet.clientHeight / 2;
    this.host.keep({ zoom: this.zoom });
  }

  private keepScroll(): void {
    // An empty sheet has lost its place, the person has not.
    if (this.svg) this.host.keep({ scroll: { left: this.sheet.scrollLeft, top: this.sheet.scrollTop } });
  }
}

/** The natural size stands in the viewBox. */
function resize(svg: Element, zoom: number): void {
  const [, , width, height] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  if (!width || !height) return;
  svg.setAttribute('width', String(width * zoom));
  svg.setAttribute('height', String(height * zoom));
}
