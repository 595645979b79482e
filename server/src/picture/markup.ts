/** XML, with everything that is not markup escaped. */

/** A piece of markup; only this file makes it, so no text gets in as it is. */
export interface Markup {
  readonly xml: string;
}

type Value = string | number | undefined;

/**
 * @param attributes without those that are undefined; numbers are written with two decimals at most
 * @param children text is escaped
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>>,
  ...children: readonly (Markup | string)[]
): Markup {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined
      ? ''
      : ` ${key}="${escapeXml(typeof value === 'number' ? shortNumber(value) : value)}"`,
  );
  const content = children
    .map((child) => (typeof child === 'string' ? escapeXml(child) : child.xml))
    .join('');
  const start = `<${name}${written.join('')}`;
  return { xml: content === '' ? `${start}/>` : `${start}>${content}</${name}>` };
}

/** The line that says what a group of shapes is; browsers show it where the pointer rests. */
export function title(text: string): Markup {
  return element('title', {}, text);
}

function shortNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 (2.2) has no place for become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
