/** package.json says what the code does: settings, rules, commands, and a text for each in every language. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../server/src/memmap/rule-names';
import { RULES } from '../../server/src/memmap/rules';
import { IOMEM_LANGUAGE, IOMEM_NAMES } from '../../server/src/project/iomem-files';
import { DEFAULT_SETTINGS, PROJECT_FILE, type Settings } from '../../server/src/project/settings';
import {
  BOOT_COMMAND,
  CREATE_PROJECT_FILE_COMMAND,
  EXPLAIN_COMMAND,
  EXTEND_COMMAND,
  EXTEND_NODE_COMMAND,
  FOUND_COMMAND,
} from '../../server/src/protocol';
import { formatHex } from '../../server/src/range';

const root = join(import.meta.dirname, '../..');
const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const manifest = json('package.json');
const properties: Record<string, { default: unknown; properties?: object }> =
  manifest.contributes.configuration.properties;

/** Each setting's name and default as a person writes it; the compiler wants every key of Settings. */
const settings: Record<keyof Settings, readonly [string, unknown]> = {
  files: ['files', DEFAULT_SETTINGS.files],
  window: [
    'window',
    { start: formatHex(DEFAULT_SETTINGS.window.start), end: formatHex(DEFAULT_SETTINGS.window.end) },
  ],
  nodeCount: ['nodeCount', DEFAULT_SETTINGS.nodeCount ?? null],
  dataModel: ['dataModel', DEFAULT_SETTINGS.dataModel],
  osidNames: ['osidNames', DEFAULT_SETTINGS.osidNames],
  regionNames: ['regionNames', DEFAULT_SETTINGS.regionNames],
  kernelTextAlignment: ['kernelTextAlignment', formatHex(DEFAULT_SETTINGS.kernelTextAlignment)],
  inlayHints: ['inlayHints.enabled', DEFAULT_SETTINGS.inlayHints],
  codeLens: ['codeLens.enabled', DEFAULT_SETTINGS.codeLens],
  rules: ['rules', DEFAULT_SETTINGS.rules],
};

const commands: readonly string[] = manifest.contributes.commands.map(
  ({ command }: { command: string }) => command,
);
const menus: Record<string, readonly { command: string; when?: string }[]> = manifest.contributes.menus;

/** The editor makes one for each view. */
const NODES_FOCUS = 'kexecMint.nodes.focus';

/** Where each command is in the palette. */
const PALETTE = {
  'kexecMint.openMap': 'kexecMint.hasNodes',
  'kexecMint.exportMap': 'kexecMint.hasNodes',
  'kexecMint.copyMap': 'kexecMint.hasNodes',
  'kexecMint.extendNode': 'kexecMint.hasNodes',
  'kexecMint.explainOverlaps': 'kexecMint.hasOverlaps',
  'kexecMint.createProjectFile': 'workspaceFolderCount != 0',
  'kexecMint.showFound': 'workspaceFolderCount != 0 || editorIsOpen',
  'kexecMint.openSample': 'always',
  'kexecMint.watch': 'kexecMint.hasNodes',
  'kexecMint.boot': 'kexecMint.canBoot && isWorkspaceTrusted',
  'kexecMint.restartServer': 'kexecMint.isRunning',
  'kexecMint.showOutput': 'always',
  'kexecMint.extendTo': 'false',
  'kexecMint.goToSource': 'false',
  'kexecMint.openDump': 'false',
  'kexecMint.fixFinding': 'false',
};

/** Settings that are no business of the server: one that vscode-languageclient reads, and those of a command. */
const OTHERS = ['kexecMint.trace.server', 'kexecMint.boot.kernel', 'kexecMint.boot.kexecSource'];

describe('settings', () => {
  it('are those of the Settings type, with its defaults', () => {
    const expected = Object.fromEntries(
      Object.values(settings).map(([name, value]) => [`kexecMint.${name}`, value]),
    );
    const found = Object.fromEntries(
      Object.entries(properties).flatMap(([name, property]) =>
        OTHERS.includes(name) ? [] : [[name, property.default]],
      ),
    );
    expect(found).toEqual(expected);
  });

  it('know every rule by name', () => {
    expect(RULES.map(({ name }) => name)).toEqual(RULE_NAMES);
    expect(Object.keys(properties['kexecMint.rules']?.properties ?? {})).toEqual(
      RULES.map(({ name }) => name),
    );
  });
});

describe('the manifest', () => {
  it('lists the commands that quick fixes call and that the palette has', () => {
    expect(commands).toEqual(
      expect.arrayContaining([
        EXTEND_COMMAND,
        CREATE_PROJECT_FILE_COMMAND,
        EXPLAIN_COMMAND,
        EXTEND_NODE_COMMAND,
        FOUND_COMMAND,
      ]),
    );
  });

  it('has menus of commands that are listed', () => {
    const shown = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    expect(shown.filter((command) => !commands.includes(command))).toEqual([]);
  });

  it('has in the palette what needs nothing, and what needs a layout where there is one', () => {
    const when = new Map(menus.commandPalette?.map((item) => [item.command, item.when]));
    expect(Object.fromEntries(commands.map((command) => [command, when.get(command) ?? 'always']))).toEqual(
      PALETTE,
    );
  });

  it('asks in its clauses for keys that are set', () => {
    const clauses = JSON.stringify(manifest.contributes);
    const keys = new Set(clauses.match(/kexecMint\.(?:has|is)\w+/g));
    const set = readdirSync(join(root, 'client/src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...readFileSync(join(root, 'client/src', name), 'utf8').matchAll(/'(kexecMint\.(?:has|is)\w+)'/g),
      ])
      .map(([, key]) => key);
    expect([...keys].filter((key) => !set.includes(key))).toEqual([]);
  });

  it('links walkthrough and welcome to commands that are there', () => {
    const texts: Record<string, string> = json('package.nls.json');
    const linked = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)/g)].map(([, command = '']) => command),
    );
    const ours = linked.filter((command) => command.startsWith('kexecMint.'));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((command) => !commands.includes(command) && command !== NODES_FOCUS)).toEqual([]);
  });

  it.each(['package.nls.json', 'package.nls.ja.json'])(
    'has the pictures of the walkthrough that %s names',
    (file) => {
      const texts: Record<string, string> = json(file);
      const pictures = Object.entries(texts).filter(([id]) => id.endsWith('.picture'));
      expect(pictures.length).toBe(manifest.contributes.walkthroughs[0].steps.length);
      for (const [, path] of pictures) expect(existsSync(join(root, path)), path).toBe(true);
    },
  );

  it('lets nothing of an untrusted workspace be run', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect(restrictedConfigurations).toEqual(OTHERS.slice(1));
    const command = manifest.contributes.commands.find(
      (each: { command: string }) => each.command === BOOT_COMMAND,
    );
    expect(command.enablement).toContain('isWorkspaceTrusted');
  });

  it('gives the language of dumps to the names that the server takes for dumps', () => {
    const [{ id, extensions, filenamePatterns }] = manifest.contributes.languages;
    expect(id).toBe(IOMEM_LANGUAGE);
    expect([...extensions.map((ending: string) => `*${ending}`), ...filenamePatterns]).toEqual(IOMEM_NAMES);
    expect(manifest.activationEvents).toContain(`onLanguage:${IOMEM_LANGUAGE}`);
  });

  it('names files that are there', () => {
    const { grammars, languages } = manifest.contributes;
    for (const { path } of grammars) expect(existsSync(join(root, path)), path).toBe(true);
    for (const { configuration } of languages) {
      if (configuration !== undefined) expect(existsSync(join(root, configuration))).toBe(true);
    }
  });

  it('has a JSON schema for the project file in the language of its texts', () => {
    const { jsonValidation } = manifest.contributes;
    expect(jsonValidation).toEqual([{ fileMatch: PROJECT_FILE, url: '%projectFile.schema%' }]);
    const window = (texts: string) => json(json(texts)['projectFile.schema']).properties.window.description;
    expect(window('package.nls.json')).toMatch(/^The memory/);
    expect(window('package.nls.ja.json')).toMatch(/メモリ/);
  });

  it('starts with a folder of ours, a dump or the map, and with no language of others', () => {
    expect(manifest.activationEvents).toEqual([
      ...DEFAULT_SETTINGS.files.map((glob) => `workspaceContains:${glob}`),
      `workspaceContains:**/${PROJECT_FILE}`,
      `onLanguage:${IOMEM_LANGUAGE}`,
      'onWebviewPanel:kexecMint.map',
    ]);
    // With a configuration of ours a language would start it too.
    const configured = manifest.contributes.languages.filter(
      ({ configuration }: { configuration?: string }) => configuration !== undefined,
    );
    expect(configured.map(({ id }: { id: string }) => id)).toEqual([IOMEM_LANGUAGE]);
  });

  it('says what works where nothing is on a disk, and has an entry for a browser', () => {
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe('limited');
    expect(manifest.browser).toBe('./dist/client.web.js');
  });

  it('has the button of the map in the title of the files that are ours by default, before it has started', () => {
    const [{ when = '' } = {}] = menus['editor/title'] ?? [];
    const [, source = ''] = /resourcePath =~ \/(.*)\/$/.exec(when) ?? [];
    const pattern = new RegExp(source);
    expect(['/x/kexec/firmware_memmap.c', '/x/kexec/mint.h'].every((path) => pattern.test(path))).toBe(true);
    expect(['/x/kexec/main.c', '/x/mint.h'].some((path) => pattern.test(path))).toBe(false);
  });
});

describe('package-lock.json', () => {
  const packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }> =
    json('package-lock.json').packages;

  it('names no registry', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved)).toEqual([]);
  });

  it('has the optional packages of every platform, without which npm ci refuses it', () => {
    const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const wanted = Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('texts', () => {
  const used = [...new Set(JSON.stringify(manifest).match(/(?<="%)[^%"]+(?=%")/g))].sort();

  it.each(['package.nls.json', 'package.nls.ja.json'])('%s has every text of the manifest', (file) => {
    expect(Object.keys(json(file)).sort()).toEqual(used);
  });
});
