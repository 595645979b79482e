/** package.json says what the code does: settings, rules, commands, and a text for each in every language. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../server/src/memmap/rule-names';
import { RULES } from '../../server/src/memmap/rules';
import { IOMEM_LANGUAGE, IOMEM_NAMES } from '../../server/src/project/iomem-files';
import { DEFAULT_SETTINGS, PROJECT_FILE, type Settings } from '../../server/src/project/settings';
import { BOOT_COMMAND, CREATE_PROJECT_FILE_COMMAND, EXTEND_COMMAND } from '../../server/src/protocol';
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
    const commands = manifest.contributes.commands.map(({ command }: { command: string }) => command);
    expect(commands).toEqual(expect.arrayContaining([EXTEND_COMMAND, CREATE_PROJECT_FILE_COMMAND]));
  });

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

  it('packs what it needs and nothing else', () => {
    const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
    const { stdout } = spawnSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(
      stdout
        .trim()
        .split('\n')
        .filter((file) => file.startsWith('dist/'))
        .sort(),
    ).toEqual([
      'dist/cli.js',
      'dist/client.js',
      'dist/kexec-mint.schema.ja.json',
      'dist/kexec-mint.schema.json',
      'dist/server.js',
      'dist/tree-sitter-c.wasm',
      'dist/web-tree-sitter.wasm',
    ]);
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

  it.each(readdirSync(join(root, 'l10n/en')))('%s asks for the same values in both languages', (file) => {
    const placeholders = (texts: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(texts).map(([id, text]) => [id, [...new Set(text.match(/\{\w+\}/g))].sort()]),
      );
    expect(placeholders(json(`l10n/ja/${file}`))).toEqual(placeholders(json(`l10n/en/${file}`)));
  });
});
