import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RULES } from '../../server/src/memmap/rules';
import { repositoryFolder } from './workspace';

it('the manual is what the comments of the rules say, each sentence in both languages', () => {
  const script = repositoryFolder('scripts/rules-doc.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it('every rule stands in the file of its name, and is listed', () => {
  const files = readdirSync(repositoryFolder('server/src/memmap/rules')).map((file) =>
    file.replace(/\.ts$/, ''),
  );
  expect(RULES.map(({ name }) => name).sort()).toEqual(files.filter((file) => file !== 'index').sort());
});

it('every rule can be set in the editor', () => {
  const manifest = JSON.parse(readFileSync(repositoryFolder('package.json'), 'utf8'));
  const { properties } = manifest.contributes.configuration.properties['kexecMint.rules'];
  expect(Object.keys(properties).sort()).toEqual(RULES.map(({ name }) => name).sort());
});
