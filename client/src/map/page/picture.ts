/** Shows the picture, zoomed, with what is lit. The next picture takes its place without moving focus or scroll. */
import morphdom from 'morphdom';
import type { RegionName } from '../../../../server/src/protocol';
import { byId } from './dom';
import type { Host } from './host';
import { find, keyOf } from './marks';

const ZOOM_STEP = 1.25;
const ZOOM_LIMITS = { least: 0.25, most: 4 };

/** A picture a little too wide is made to fit; smaller letters than these nobody wants. */
const LEAST_READABLE = 0.75;

export class Picture {
  readonly sheet = byId('sheet');
  private lit: readonly RegionName[] = [];
  /** Undefined as long as the person has not zoomed. */
  private zoom: number | undefined;

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
    this.resize(next);
    const present = this.svg;
    if (present) {
      const place = this.placeOfNow();
      const focused = present.contains(document.activeElement) ? document.activeElement : null;
      morphdom(present, next, { getNodeKey: keyOf });
      this.focusAgain(focused);
      // An earlier state comes and goes on the left of what a person looks at, or above it: there it is to be seen,
      // unless somebody is at work in the picture.
      const now = this.placeOfNow();
      this.sheet.scrollBy(now.left - place.left, focused ? now.top - place.top : 0);
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
    this.zoomTo(this.scaleOf(this.svg) * ZOOM_STEP ** direction);
  }

  /** The whole picture in the sheet. */
  fit(): void {
    const { width, height } = sizeOf(this.svg);
    if (width > 0) this.zoomTo(Math.min(this.sheet.clientWidth / width, this.sheet.clientHeight / height));
  }

  /** The height in the picture's own units at a height of the window. */
  heightAt(clientY: number): number | undefined {
    const matrix = this.svg?.getScreenCTM();
    return matrix ? new DOMPoint(0, clientY).matrixTransform(matrix.inverse()).y : undefined;
  }

  /** What the sheet's new size changes. */
  sheetResized(): void {
    if (this.svg) this.resize(this.svg);
  }

  private zoomTo(zoom: number): void {
    const { svg, sheet } = this;
    if (!svg) return;
    const middle = (sheet.scrollTop + sheet.clientHeight / 2) / this.scaleOf(svg);
    this.zoom = Math.min(Math.max(zoom, ZOOM_LIMITS.least), ZOOM_LIMITS.most);
    this.resize(svg);
    sheet.scrollTop = middle * this.zoom - sheet.clientHeight / 2;
    this.host.keep({ zoom: this.zoom });
  }

  private scaleOf(svg: Element | null): number {
    if (this.zoom !== undefined) return this.zoom;
    const fitting = this.sheet.clientWidth / sizeOf(svg).width;
    return LEAST_READABLE <= fitting && fitting < 1 ? fitting : 1;
  }

  private resize(svg: Element): void {
    const scale = this.scaleOf(svg);
    const { width, height } = sizeOf(svg);
    svg.setAttribute('width', String(width * scale));
    svg.setAttribute('height', String(height * scale));
  }

  /** An element that took another place lost the keys on its way. */
  private focusAgain(mark: Element | null): void {
    const key = mark && keyOf(mark);
    if (!key || document.activeElement === mark) return;
    const marks = [...(this.svg?.querySelectorAll<SVGElement>('[tabindex]') ?? [])];
    marks.find((each) => keyOf(each) === key)?.focus({ preventScroll: true });
  }

  private placeOfNow(): { readonly left: number; readonly top: number } {
    return this.sheet.querySelector('.sheet.now .axis')?.getBoundingClientRect() ?? { left: 0, top: 0 };
  }

  private keepScroll(): void {
    // An empty sheet has lost its place, the person has not.
    if (this.svg) this.host.keep({ scroll: { left: this.sheet.scrollLeft, top: this.sheet.scrollTop } });
  }
}

/** The natural size, which stands in the viewBox whatever the zoom is. */
function sizeOf(svg: Element | null): { readonly width: number; readonly height: number } {
  const [, , width = 0, height = 0] = (svg?.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  return { width, height };
}
