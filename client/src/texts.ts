/** Texts in the editor's display language: those of the catalogue that only the editor shows. */
import { env } from 'vscode';
import enBoot from '../../l10n/en/boot.json';
import enClient from '../../l10n/en/client.json';
import enMap from '../../l10n/en/map.json';
import enViews from '../../l10n/en/views.json';
import enWatch from '../../l10n/en/watch.json';
import jaBoot from '../../l10n/ja/boot.json';
import jaClient from '../../l10n/ja/client.json';
import jaMap from '../../l10n/ja/map.json';
import jaViews from '../../l10n/ja/views.json';
import jaWatch from '../../l10n/ja/watch.json';
import { fill, type Locale, localeOf } from '../../server/src/template';

const en = { ...enBoot, ...enClient, ...enMap, ...enViews, ...enWatch };
const ja: Readonly<Record<TextId, string>> = { ...jaBoot, ...jaClient, ...jaMap, ...jaViews, ...jaWatch };

export type TextId = keyof typeof en;

const texts: Readonly<Record<Locale, Readonly<Record<TextId, string>>>> = { en, ja };

export function text(id: TextId, args: Readonly<Record<string, string | number>> = {}): string {
  return fill(texts[localeOf(env.language)][id], (name) => args[name]?.toString());
}
