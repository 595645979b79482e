/** Values as short texts. */
import type { Span } from '../c/source';
import type { Value } from '../c/value';
import type { Region } from '../memmap/layout';
import { samePlace } from '../memmap/places';
import { type Locale, message, render } from '../messages';
import { formatHex, formatRange, formatSize, lengthOf } from '../range';

/** `0x18000000`, `0x10 or 0x20` for one of several, `unknown`. */
export function valueText(value: Value, locale: Locale): string {
  if (value.kind === 'known') return formatHex(value.value);
  if (value.kind === 'unknown') return render(message('editor.unknown'), locale);
  const texts = new Set(value.alternatives.map((one) => valueText(one.value, locale)));
  return [...texts].reduce((left, right) =>
    render(message('memmap.alternative-or', { left, right }), locale),
  );
}

/** Stands behind a value that other code may change at run time; the texts that are not short say where. */
export const MAY_CHANGE = '?';

/** Where other code of the tree may give one of the values another at run time; each place once. */
export function changePlaces(values: readonly (Value | undefined)[]): readonly Span[] {
  const places = values.flatMap((value) => (value?.kind === 'known' ? (value.unlessChangedAt ?? []) : []));
  return places.filter((place, index) => !places.slice(0, index).some((other) => samePlace(other, place)));
}

/** The same for a region's start and size. */
export function changePlacesOf({ start, size }: Region): readonly Span[] {
  return changePlaces([start.watched?.value, size.watched?.value]);
}

/** A region's range, or that it is unknown, with {@link MAY_CHANGE}. */
export function rangeText(region: Region, locale: Locale): string {
  const text = region.range ? formatRange(region.range) : render(message('editor.unknown'), locale);
  return text + (changePlacesOf(region).length > 0 ? MAY_CHANGE : '');
}

/** `0x20000000–0x38000000` and `384 MiB`; of an unknown range only that it is. */
export function rangeAndSize(region: Region, locale: Locale): readonly string[] {
  const size = region.range ? [formatSize(lengthOf(region.range))] : [];
  return [rangeText(region, locale), ...size];
}
