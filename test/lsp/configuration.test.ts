import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsFrom } from '../../server/src/lsp/configuration';
import { DEFAULT_SETTINGS } from '../../server/src/project/settings';

const { contributes } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const properties: Record<string, { default: unknown }> = contributes.configuration.properties;

/** The section as an editor sends it where the person has set nothing. */
function untouched(): Record<string, unknown> {
  const section: Record<string, unknown> = {};
  for (const [name, { default: value }] of Object.entries(properties)) {
    const [, first = '', second] = name.split('.');
    section[first] = second === undefined ? value : { ...(section[first] as object), [second]: value };
  }
  return section;
}

describe('settings', () => {
  it('that package.json gives by default are the defaults of the server', () => {
    expect(settingsFrom(untouched())).toEqual(DEFAULT_SETTINGS);
  });

  it('are taken over', () => {
    const given = {
      files: ['**/x.c'],
      window: { start: '0x1000', end: '8192' },
      nodeCount: 5,
      dataModel: 'ILP32',
      osidNames: ['NODE'],
      regionNames: { start: 'r{n}_at', size: 'r{n}_len' },
      kernelTextAlignment: '0x1000',
      inlayHints: { enabled: false },
      codeLens: { enabled: false },
      cLanguageFeatures: 'off',
      rules: { misaligned: 'off' },
    };
    expect(settingsFrom(given)).toEqual({
      files: ['**/x.c'],
      window: { start: 0x1000n, end: 0x2000n },
      nodeCount: 5,
      dataModel: 'ILP32',
      osidNames: ['NODE'],
      regionNames: { start: 'r{n}_at', size: 'r{n}_len' },
      kernelTextAlignment: 0x1000n,
      inlayHints: false,
      codeLens: false,
      cLanguageFeatures: 'off',
      rules: { misaligned: 'off' },
    });
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    { files: [], window: { start: '0x2', end: '0x1' }, nodeCount: 0 },
    { files: [1], window: { start: 1, end: 2 }, nodeCount: 1.5, dataModel: 'LLP64', osidNames: 'OSID' },
    {
      files: 'x',
      window: 'x',
      nodeCount: '3',
      inlayHints: true,
      codeLens: { enabled: 1 },
      cLanguageFeatures: true,
      rules: { misaligned: 'loud' },
    },
  ])('that make no sense are not given: %j', (given) => {
    expect(settingsFrom(given)).toEqual(DEFAULT_SETTINGS);
  });
});
