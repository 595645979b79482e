/** The one catalogue of texts people read. Code names a message by its id; the fronts render it in a language. */
import enBoot from '../../l10n/en/boot.json';
import enCli from '../../l10n/en/cli.json';
import enClient from '../../l10n/en/client.json';
import enEditor from '../../l10n/en/editor.json';
import enEvidence from '../../l10n/en/evidence.json';
import enFiles from '../../l10n/en/files.json';
import enMap from '../../l10n/en/map.json';
import enPicture from '../../l10n/en/picture.json';
import enProject from '../../l10n/en/project.json';
import enRanges from '../../l10n/en/ranges.json';
import enReasons from '../../l10n/en/reasons.json';
import enRules from '../../l10n/en/rules.json';
import enViews from '../../l10n/en/views.json';
import enWatch from '../../l10n/en/watch.json';
import enWorkspace from '../../l10n/en/workspace.json';
import jaBoot from '../../l10n/ja/boot.json';
import jaCli from '../../l10n/ja/cli.json';
import jaClient from '../../l10n/ja/client.json';
import jaEditor from '../../l10n/ja/editor.json';
import jaEvidence from '../../l10n/ja/evidence.json';
import jaFiles from '../../l10n/ja/files.json';
import jaMap from '../../l10n/ja/map.json';
import jaPicture from '../../l10n/ja/picture.json';
import jaProject from '../../l10n/ja/project.json';
import jaRanges from '../../l10n/ja/ranges.json';
import jaReasons from '../../l10n/ja/reasons.json';
import jaRules from '../../l10n/ja/rules.json';
import jaViews from '../../l10n/ja/views.json';
import jaWatch from '../../l10n/ja/watch.json';
import jaWorkspace from '../../l10n/ja/workspace.json';
import { fill, type Locale } from './template';

export { type Locale, localeOf } from './template';

const en = {
  ...enBoot,
  ...enCli,
  ...enClient,
  ...enEditor,
  ...enEvidence,
  ...enFiles,
  ...enMap,
  ...enPicture,
  ...enProject,
  ...enRanges,
  ...enReasons,
  ...enRules,
  ...enViews,
  ...enWatch,
  ...enWorkspace,
};
const ja: Readonly<Record<MessageId, string>> = {
  ...jaBoot,
  ...jaCli,
  ...jaClient,
  ...jaEditor,
  ...jaEvidence,
  ...jaFiles,
  ...jaMap,
  ...jaPicture,
  ...jaProject,
  ...jaRanges,
  ...jaReasons,
  ...jaRules,
  ...jaViews,
  ...jaWatch,
  ...jaWorkspace,
};

export type MessageId = keyof typeof en;

/** A stretch of a file as a message's value: the front says how a place is written (`mint.h:12`). */
export interface PlaceValue {
  readonly place: Place;
}

/** The same shape as the evaluator's `Span`: UTF-16 offsets, `end` exclusive. */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export type MessageValue = string | number | Message | PlaceValue;

/** A text to be rendered: an id of the catalogue and the values of its `{name}` placeholders, which may be messages themselves. */
export interface Message {
  readonly id: MessageId;
  readonly args?: Readonly<Record<string, MessageValue>>;
}

const catalogues: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { en, ja };

export function message(id: MessageId, args?: Message['args']): Message {
  return args ? { id, args } : { id };
}

/** How a place is written out, such as `mint.h:12`. */
export type PlaceText = (place: Place) => string;

/** The file's name alone, where the text that a line number needs is not at hand. */
export function fileName({ file }: Pick<Place, 'file'>): string {
  const segment = file.slice(file.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The message's text in `locale`; a placeholder without a value stays visible as `{name}`. */
export function render(text: Message, locale: Locale, placeText: PlaceText = fileName): string {
  const template = catalogues[locale][text.id] ?? catalogues.en[text.id] ?? text.id;
  return fill(template, (name) => {
    const value = text.args?.[name];
    if (typeof value !== 'object') return value?.toString();
    return 'place' in value ? placeText(value.place) : render(value, locale, placeText);
  });
}
