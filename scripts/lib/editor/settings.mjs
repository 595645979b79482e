/** Settings of the embedded editor: quiet, and about nothing but the files that are open. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What a person starts with in the embedded editor; theirs to change from then on. */
export const FIRST_SETTINGS = {
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  // The sample lies in this repository: the map compares it with its last commit.
  'git.openRepositoryInParentFolders': 'always',
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  // As on the desktop: in a browser the default is to save everything that is typed after a second.
  'files.autoSave': 'off',
};

/** What tests and pictures need beside that: nothing that differs from one run to the next. */
export const FIXED_SETTINGS = {
  ...FIRST_SETTINGS,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.fontSize': 14,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
};

/** Where the editor whose data folder is `data` keeps its settings. */
export const settingsFile = (data) => join(data, 'data', 'User', 'settings.json');

/** Writes `settings` unless there are some. */
export async function writeSettings(data, settings) {
  const file = settingsFile(data);
  if (existsSync(file)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`);
}
