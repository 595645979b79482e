/** The `kexecMint.*` settings as an editor sends them: JSON of any shape, wrong parts of which count as not given. */
import { parseAddress } from '../project/numbers';
import {
  C_LANGUAGE_FEATURES,
  DEFAULT_SETTINGS,
  REGION_NAME,
  type RegionNames,
  SEVERITIES,
  type Settings,
  type Severity,
} from '../project/settings';

type Json = Readonly<Record<string, unknown>>;

const SEVERITY_NAMES: ReadonlySet<unknown> = new Set(SEVERITIES);

/** @param given the section `kexecMint`; nested (`inlayHints: {enabled}`), as `workspace/configuration` gives it */
export function settingsFrom(given: unknown): Settings {
  const section = objectFrom(given);
  const defaults = DEFAULT_SETTINGS;
  return {
    files: strings(section.files) ?? defaults.files,
    window: window(section.window) ?? defaults.window,
    nodeCount: count(section.nodeCount) ?? defaults.nodeCount,
    dataModel: section.dataModel === 'ILP32' ? 'ILP32' : defaults.dataModel,
    osidNames: strings(section.osidNames) ?? defaults.osidNames,
    regionNames: regionNames(section.regionNames) ?? defaults.regionNames,
    kernelTextAlignment: alignment(section.kernelTextAlignment) ?? defaults.kernelTextAlignment,
    inlayHints: enabled(section.inlayHints) ?? defaults.inlayHints,
    codeLens: enabled(section.codeLens) ?? defaults.codeLens,
    cLanguageFeatures:
      C_LANGUAGE_FEATURES.find((one) => one === section.cLanguageFeatures) ?? defaults.cLanguageFeatures,
    rules: severities(section.rules),
  };
}

function objectFrom(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function strings(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found = value.filter((one: unknown): one is string => typeof one === 'string' && one !== '');
  return found.length === value.length && found.length > 0 ? found : undefined;
}

function window(value: unknown): Settings['window'] | undefined {
  const { start, end } = objectFrom(value);
  const [from, to] = [start, end].map((text) => (typeof text === 'string' ? parseAddress(text) : undefined));
  return from !== undefined && to !== undefined && from < to ? { start: from, end: to } : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

function regionNames(value: unknown): RegionNames | undefined {
  const { start, size } = objectFrom(value);
  return isTemplate(start) && isTemplate(size) ? { start, size } : undefined;
}

function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && REGION_NAME.test(value);
}

function alignment(value: unknown): bigint | undefined {
  const number = typeof value === 'string' ? parseAddress(value) : undefined;
  return number === undefined || number === 0n ? undefined : number;
}

function enabled(value: unknown): boolean | undefined {
  const flag = objectFrom(value).enabled;
  return typeof flag === 'boolean' ? flag : undefined;
}

function severities(value: unknown): Settings['rules'] {
  const isSeverity = (entry: [string, unknown]): entry is [string, Severity] => SEVERITY_NAMES.has(entry[1]);
  return Object.fromEntries(Object.entries(objectFrom(value)).filter(isSeverity));
}
