/** Licence notices of the packages that a bundle is made of. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const LICENCE = /^(licen[cs]e|copying|notice)/i;
const RULE = '-'.repeat(80);

/**
 * @param {readonly import('esbuild').Metafile[]} metafiles of all bundles
 * @param {readonly string[]} others packages whose files go along as they are
 */
export function notices(metafiles, others) {
  const folders = metafiles.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageOf));
  const all = new Set([...folders, ...others.map((name) => `node_modules/${name}`)]);
  const head = 'This extension contains code of these packages.\n';
  return [head, ...[...all].sort().map(noticeOf)].join(`\n${RULE}\n\n`);
}

/** The folder of the package that a file belongs to; none for a file of ours. */
function packageOf(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
}

function noticeOf(folder) {
  const path = join(ROOT, folder);
  const { name, version, license, author, repository } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  );
  const files = readdirSync(path).filter((file) => LICENCE.test(file));
  const texts = files.map((file) => readFileSync(join(path, file), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length === 0) texts.push(fromManifest(name, { license, author, repository }));
  return `${[`${name} ${version} (${license})`, ...texts].join('\n\n')}\n`;
}

/** What a package without a licence file says of its licence. */
function fromManifest(name, { license, author, repository }) {
  if (!license) throw new Error(`${name} has no licence.`);
  const from = [author?.name ?? author, repository?.url ?? repository].filter(Boolean).join(', ');
  return `Licensed under ${license}, as its package.json says${from && ` (${from})`}.`;
}
