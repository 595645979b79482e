/** The one catalogue of texts people read. Code names a message by its id; the fronts render it in a language. */
import enClient from '../../l10n/en/client.json';
import enEditor from '../../l10n/en/editor.json';
import enReasons from '../../l10n/en/reasons.json';
import enRules from '../../l10n/en/rules.json';
import jaClient from '../../l10n/ja/client.json';
import jaEditor from '../../l10n/ja/editor.json';
import jaReasons from '../../l10n/ja/reasons.json';
import jaRules from '../../l10n/ja/rules.json';

const en = { ...enClient, ...enEditor, ...enReasons, ...enRules };
const ja: Readonly<Record<MessageId, string>> = { ...jaClient, ...jaEditor, ...jaReasons, ...jaRules };

export type MessageId = keyof typeof en;
export type Locale = 'en' | 'ja';

/** A text to be rendered: an id of the catalogue and the values of its `{name}` placeholders, which may be messages themselves. */
export interface Message {
  readonly id: MessageId;
  readonly args?: Readonly<Record<string, string | number | Message>>;
}

const catalogues: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { en, ja };

/** The supported language nearest to a tag such as `ja-JP`, `en` or `ja_JP.UTF-8`. */
export function localeOf(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

export function message(id: MessageId, args?: Message['args']): Message {
  return args ? { id, args } : { id };
}

/** The message's text in `locale`; a placeholder without a value stays visible as `{name}`. */
export function render(text: Message, locale: Locale): string {
  const template = catalogues[locale][text.id] ?? catalogues.en[text.id] ?? text.id;
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = text.args?.[name];
    if (value === undefined) return placeholder;
    return typeof value === 'object' ? render(value, locale) : String(value);
  });
}
