/** A picture as data: what it shows, read back from its SVG. */
import type { Locale } from '../../server/src/messages';
import type { PictureParams } from '../../server/src/protocol';
import {
  type Earlier,
  exportPicture,
  type Picture,
  picture,
} from '../../server/src/service/features/picture';
import type { Snapshot } from '../../server/src/service/snapshot';
import { all, number, ofClass, parseXml, type Xml } from './xml';

export interface Drawn extends Picture {
  readonly root: Xml;
  readonly axis: readonly AxisPiece[];
}

export interface AxisPiece {
  readonly y0: number;
  readonly y1: number;
  readonly start: string;
  readonly end: string;
}

export interface Options {
  readonly before?: Earlier | undefined;
  readonly trial?: PictureParams['trial'];
  readonly width?: number;
  readonly locale?: Locale;
}

export function draw(snapshot: Snapshot, { before, trial, width, locale = 'en' }: Options = {}): Drawn {
  const params = { ...(trial ? { trial } : {}), ...(width === undefined ? {} : { width }) };
  const drawn = picture(snapshot, before, params, locale);
  if (!drawn) throw new Error('there is no picture');
  const root = parseXml(drawn.svg);
  return { ...drawn, root, axis: JSON.parse(root.attributes['data-axis'] ?? '') };
}

export function printed(snapshot: Snapshot, before?: Earlier, locale: Locale = 'en'): string {
  const svg = exportPicture(snapshot, before, 'svg', locale);
  if (svg === undefined) throw new Error('there is no picture');
  return svg;
}

/** As a page finds it: the height of an address, from the axis that the picture hands over. */
export function heightOf({ axis }: Drawn, address: bigint): number {
  const piece = axis.find(({ start, end }) => BigInt(start) <= address && address <= BigInt(end));
  if (!piece) throw new Error(`0x${address.toString(16)} is not on the axis`);
  const [start, end] = [BigInt(piece.start), BigInt(piece.end)];
  return piece.y0 + (piece.y1 - piece.y0) * (Number(address - start) / Number(end - start));
}

/** How far down the sheets begin. */
export function topOf({ root }: Drawn): number {
  const moved = all(root).find(({ attributes }) => attributes.transform?.startsWith('translate('));
  return Number(/translate\(0 ([\d.]+)\)/.exec(moved?.attributes.transform ?? '')?.[1]);
}

export function regionOf({ root }: Drawn, osid: number, name: string): Xml {
  const found = ofClass(root, 'region').filter(
    ({ attributes }) =>
      attributes.role === 'button' &&
      attributes['data-node'] === `${osid}` &&
      attributes['data-region'] === name,
  );
  const [region] = found;
  if (!region || found.length > 1) throw new Error(`${found.length} times ${name} of node ${osid}`);
  return region;
}

/** Top and bottom of the first shape of that class in the element. */
export function extent(drawn: Drawn, element: Xml, shape: string): readonly [number, number] {
  const [found] = ofClass(element, shape);
  if (!found) throw new Error(`there is no ${shape}`);
  const y = topOf(drawn) + number(found, 'y');
  return [y, y + number(found, 'height')];
}
