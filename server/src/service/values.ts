/** Values as short texts. */
import type { Value } from '../c/value';
import { type Locale, message, render } from '../messages';
import { formatHex } from '../range';

/** `0x18000000`, `0x10 | 0x20` for one of several, `unknown`. */
export function valueText(value: Value, locale: Locale): string {
  if (value.kind === 'known') return formatHex(value.value);
  if (value.kind === 'unknown') return render(message('editor.unknown'), locale);
  return [...new Set(value.alternatives.map((one) => valueText(one.value, locale)))].join(' | ');
}
