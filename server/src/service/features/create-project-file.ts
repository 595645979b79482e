/** The text of a project file that says what was discovered, for a project that has none. */
import { type Locale, type Message, message, render } from '../../messages';
import { type NewLine, newProjectFile } from '../../project/project-edit';
import { EVIDENCE_KEYS } from '../../project/project-schema';
import { DEFAULT_SETTINGS } from '../../project/settings';
import { parentOf, relativePath } from '../../project/uri';
import type { CreateProjectFileResult } from '../../protocol';
import { formatHex } from '../../range';
import type { Snapshot } from '../snapshot';

export function createProjectFile(snapshot: Snapshot, locale: Locale): CreateProjectFileResult {
  const { file, uri, trees } = snapshot.context.project;
  if (file) return { kind: 'present', uri };
  const say = (text: Message) => render(text, locale);
  if (trees.length === 0) return { kind: 'error', message: say(message('project.new.no-tree')) };
  const lines = [
    { comments: [say(message('project.new.about'))] },
    ...settingsOf(snapshot, say),
    { comments: [say(message('project.new.nodes'))], key: 'nodes', value: nodesOf(snapshot) },
    { comments: hints(say) },
  ];
  return { kind: 'new', uri, text: newProjectFile(lines) };
}

/** Those that the trees are read with, so that the command line and other editors read them alike. */
function settingsOf({ settings }: Snapshot, say: (text: Message) => string): readonly NewLine[] {
  const { window, dataModel, osidNames, regionNames } = settings;
  const differs = (key: 'osidNames' | 'regionNames') =>
    JSON.stringify(settings[key]) !== JSON.stringify(DEFAULT_SETTINGS[key]);
  return [
    {
      comments: [say(message('project.new.window'))],
      key: 'window',
      value: [formatHex(window.start), formatHex(window.end)],
    },
    { comments: [say(message('project.new.dataModel'))], key: 'dataModel', value: dataModel },
    ...(differs('osidNames')
      ? [{ comments: [say(message('project.new.osidNames'))], key: 'osidNames', value: osidNames }]
      : []),
    ...(differs('regionNames')
      ? [{ comments: [say(message('project.new.regionNames'))], key: 'regionNames', value: regionNames }]
      : []),
  ];
}

/** One for each OSID; of several trees that claim one the first. Trees beside the file's folder are no part of it. */
function nodesOf({ layout, context }: Snapshot): readonly { osid: number; source: string }[] {
  const folder = parentOf(context.project.uri);
  const nodes = new Map<number, { osid: number; source: string }>();
  for (const { osid, tree } of layout.nodes) {
    const source = relativePath(folder, tree.root);
    if (source !== undefined && !nodes.has(osid)) nodes.set(osid, { osid, source: source || '.' });
  }
  return [...nodes.values()];
}

/** Keys that only a person can fill in. */
function hints(say: (text: Message) => string): readonly string[] {
  const [first, ...others] = EVIDENCE_KEYS;
  return [
    message('project.new.more'),
    message('project.new.role'),
    message('project.new.define', { example: '{ "mint_memory_region": "2" }' }),
    message('project.new.evidence', { example: `"${first}": "dumps/os0.iomem"`, others: others.join(', ') }),
  ].map(say);
}
