/** The file that users install: what is in it, how large it is, and that a gallery can show it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packExtension } from '../../scripts/lib/extension.mjs';
import { pageOf, readPage } from '../docs/page';

const root = join(import.meta.dirname, '../..');
const LIMIT = 1_000_000;

const LANGUAGES = ['en', 'ja'];
const STEPS = ['explain', 'export', 'extend', 'map', 'openSample'];
const SAMPLE = [
  'README.ja.md',
  'README.md',
  'dumps/os0.iomem',
  'dumps/os1.iomem',
  'dumps/os2.dmesg',
  'dumps/os2.iomem',
  'dumps/os2.kexec',
  'kexec-mint.json',
  ...[0, 1, 2].flatMap((osid) =>
    ['firmware_memmap.c', 'kexec.h', 'mint.h'].map((name) => `kexec-mint-os${osid}/kexec/${name}`),
  ),
];

/** As `vsce ls` has it: another file is there because somebody wants it to be. */
const FILES = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/client.js',
  'dist/client.web.js',
  'dist/command-line.js',
  'dist/kexec-mint.schema.ja.json',
  'dist/kexec-mint.schema.json',
  'dist/map.css',
  'dist/map.js',
  'dist/picture.css',
  'dist/sample.json',
  'dist/server.js',
  'dist/server.web.js',
  'dist/third-party-notices.txt',
  'dist/tree-sitter-c.wasm',
  'dist/web-tree-sitter.wasm',
  'language-configuration.iomem.json',
  'media/icon.png',
  'media/kexec-mint.svg',
  ...STEPS.flatMap((step) => LANGUAGES.map((language) => `media/walkthrough/${step}.${language}.svg`)),
  'package.json',
  'package.nls.ja.json',
  'package.nls.json',
  ...SAMPLE.map((path) => `samples/three-nodes/${path}`),
  'syntaxes/iomem.tmLanguage.json',
  'syntaxes/mint.injection.tmLanguage.json',
];

/** What vsce calls them in the package. */
const RENAMED: Readonly<Record<string, string>> = {
  'CHANGELOG.md': 'changelog.md',
  LICENSE: 'LICENSE.txt',
  'README.md': 'readme.md',
};

const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-vsix-'));
const file = join(folder, 'kexec-mint.vsix');
let entries: Readonly<Record<string, Uint8Array>> = {};

beforeAll(async () => {
  entries = unzipSync(readFileSync(await packExtension(file)));
});

afterAll(() => rmSync(folder, { recursive: true }));

const textOf = (name: string) => new TextDecoder().decode(entries[`extension/${name}`]);

describe('the package', () => {
  it('holds what is needed and nothing else', () => {
    const packed = FILES.map((name) => `extension/${RENAMED[name] ?? name}`);
    expect(Object.keys(entries).sort()).toEqual(
      ['[Content_Types].xml', 'extension.vsixmanifest', ...packed].sort(),
    );
  });

  it('is what vsce lists of this folder', () => {
    const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
    const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(listed.trim().split('\n').sort()).toEqual([...FILES].sort());
  });

  it('is one file for every platform, below 1 MB', () => {
    expect(readFileSync(file).length).toBeLessThan(LIMIT);
    expect(new TextDecoder().decode(entries['extension.vsixmanifest'])).not.toContain('TargetPlatform');
  });

  it('runs without Node in a browser, and refers to no source map', () => {
    for (const name of FILES.filter((each) => each.endsWith('.js'))) {
      expect(textOf(RENAMED[name] ?? name), name).not.toContain('sourceMappingURL');
    }
    // What is asked for there by name: the editor, and in branches for Node alone what web-tree-sitter needs.
    const asked = (name: string) =>
      [
        ...new Set([...textOf(name).matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map((match) => match[1])),
      ].sort();
    expect(asked('dist/client.web.js')).toEqual(['vscode']);
    expect(asked('dist/server.web.js')).toEqual(['fs', 'fs/promises', 'module', 'node:url', 'path', 'url']);
  });

  it('lists the files of the sample', () => {
    expect(JSON.parse(textOf('dist/sample.json'))).toEqual([...SAMPLE].sort());
  });
});

describe('the licence notices', () => {
  it('name every package that is bundled, with its licence', () => {
    const notices = textOf('dist/third-party-notices.txt');
    const named = [...notices.matchAll(/^(\S+) \d+\.\d+\.\d+ \(\S+\)$/gm)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual([
      'balanced-match',
      'brace-expansion',
      'chokidar',
      'diff',
      'fastest-levenshtein',
      'get-east-asian-width',
      'jsonc-parser',
      'marked',
      'minimatch',
      'morphdom',
      'picocolors',
      'readdirp',
      'semver',
      'tree-sitter-c',
      'vscode-jsonrpc',
      'vscode-languageclient',
      'vscode-languageserver',
      'vscode-languageserver-protocol',
      'vscode-languageserver-textdocument',
      'vscode-languageserver-types',
      'vscode-uri',
      'web-tree-sitter',
      'zod',
    ]);
    const grant =
      /^(?:Permission (?:is hereby granted|to use)|Redistribution and use|# Blue Oak|Licensed under)/m;
    const [, ...sections] = notices.split(/^-{80}$/m);
    expect(sections).toHaveLength(named.length);
    expect(sections.filter((section) => !grant.test(section))).toEqual([]);
  });
});

describe('the gallery', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  it('has an icon, categories and keywords', () => {
    const png = entries[`extension/${manifest.icon}`] ?? new Uint8Array();
    const header = new DataView(png.buffer, png.byteOffset);
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([256, 256]);
    expect(manifest.categories.length).toBeGreaterThan(0);
    expect(manifest.keywords.length).toBeGreaterThan(0);
  });

  it('shows a README without badges, whose links and pictures lead somewhere without a repository', () => {
    const readme = textOf('readme.md');
    expect(readme).toMatch(/^# Kexec-Mint Memory Map\n/);
    expect(readme).toContain('## The project file');
    expect(readme).not.toMatch(/npm |dist\/cli\.js|shields\.io|badge/);
    expect(pageOf(readme).targets.filter((target) => !/^(https:|#)/.test(target))).toEqual([]);
  });

  it('shows a change log in the form of Keep a Changelog, with the version of the manifest', () => {
    const { headings } = readPage(join(root, 'CHANGELOG.md'));
    const [title, ...others] = headings;
    expect(title).toBe('Changelog');
    const groups = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    const versions = others.filter((heading) => !groups.includes(heading));
    expect(versions[0]).toBe('[Unreleased]');
    for (const version of versions.slice(1)) {
      expect(version).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
    }
    expect(versions[1]).toContain(`[${manifest.version}]`);
  });
});
