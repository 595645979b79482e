/** Texts with places for values, and the languages that there are. */

export type Locale = 'en' | 'ja';

/** The supported language nearest to a tag such as `ja-JP`, `en` or `ja_JP.UTF-8`. */
export function localeOf(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

/** Puts values in the places of their names; a placeholder without a value stays visible as `{name}`. */
export function fill(template: string, valueNamed: (name: string) => string | undefined): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => valueNamed(name) ?? placeholder);
}
