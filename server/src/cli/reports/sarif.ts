/** Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show: with rules, related places and fixes. */

import { groupBy } from '../../group-by';
import type { Finding, Fix } from '../../memmap/finding';
import { RULES } from '../../memmap/rules';
import { type Message, type Place, render } from '../../messages';
import { relativePath } from '../../project/uri';
import type { Wording } from '../wording';
import { textRegion } from './places';
import type { Reporter, Setting } from './report';
import { ruleHelp } from './rule-help';

const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;
const LANGUAGES = { en: 'en-US', ja: 'ja-JP' } as const;
/** The folder that paths are relative to. */
const ROOT = 'SRCROOT';

export const sarifReport: Reporter = (projects, setting) => {
  const rules = rulesOf(projects, setting);
  const ids = rules.map(({ id }) => id);
  const run = {
    tool: { driver: { name: 'kexec-mint', semanticVersion: setting.version, rules } },
    language: LANGUAGES[setting.locale],
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [ROOT]: { uri: `${setting.root}/` } },
    results: projects.flatMap((wording) =>
      wording.findings.map((finding) => resultOf(finding, ids, { wording, setting })),
    ),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return JSON.stringify(log, undefined, 2);
};

/** Every rule, found or not: a reader then knows what was looked for. A rule of none is one that failed. */
function rulesOf(projects: readonly Wording[], { locale }: Setting) {
  const help = ruleHelp(locale);
  const known = RULES.map(({ name, severity }) => {
    const { short = name, full = name, markdown = name } = help.get(name) ?? {};
    return {
      id: name,
      shortDescription: { text: short },
      fullDescription: { text: full },
      help: { text: markdown, markdown },
      defaultConfiguration: { level: LEVELS[severity] },
    };
  });
  const found = projects.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  const others = [...new Set(found)].filter((id) => !known.some((rule) => rule.id === id));
  return [...known, ...others.map((id) => ({ id }))];
}

interface Context {
  readonly wording: Wording;
  readonly setting: Setting;
}

function resultOf(finding: Finding, ids: readonly string[], context: Context) {
  const { rule, severity, place, related, nodes, fixes } = finding;
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: LEVELS[severity],
    message: textOf(finding.message, context),
    locations: [{ physicalLocation: physical(place, context) }],
    relatedLocations: related.map((one, index) => ({
      id: index + 1,
      message: textOf(one.message, context),
      physicalLocation: physical(one.place, context),
    })),
    fixes: fixes.map((fix) => fixOf(fix, context)),
    properties: { nodes },
  };
}

function fixOf({ title, edits }: Fix, context: Context) {
  const changes = [...groupBy(edits, ({ place }) => place.file)].map(([file, own]) => ({
    artifactLocation: artifact(file, context),
    replacements: own.map(({ place, newText }) => ({
      deletedRegion: textRegion(place, context.wording),
      insertedContent: { text: newText },
    })),
  }));
  return { description: textOf(title, context), artifactChanges: changes };
}

function textOf(text: Message, { wording: { locale, paths } }: Context): { readonly text: string } {
  return { text: render(text, locale, paths.place) };
}

function physical(place: Place, context: Context) {
  return {
    artifactLocation: artifact(place.file, context),
    region: textRegion(place, context.wording),
  };
}

/** A URI, relative where the file is below the folder. */
function artifact(file: string, { setting: { root } }: Context) {
  const path = relativePath(root, file);
  if (path === undefined) return { uri: file };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}
