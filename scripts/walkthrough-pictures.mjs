/**
 * npm run walkthrough-pictures: draws the pictures of the walkthrough into media/walkthrough/. Colours are the theme's:
 * the editor puts the pictures into its own page.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from './lib/messages.mjs';
import { ROOT } from './lib/paths.mjs';

const FOLDER = join(ROOT, 'media', 'walkthrough');
const MANIFEST_TEXTS = { en: 'package.nls.json', ja: 'package.nls.ja.json' };
const WINDOW = { start: 0x20000000, end: 0x68000000 };
const EDGES = [0x20000000, 0x38000000, 0x50000000, 0x68000000];
/** Where the sample's dumps see the kernel texts of nodes 1 and 2. */
const KERNEL_TEXTS = [
  [1, 0x47000000],
  [2, 0x5f000000],
];

/** One picture: its width, its height, and the axis' part of it. */
const SIZE = { width: 480, height: 400, top: 64, bottom: 360, left: 104 };
const COLUMN = { width: 92, gap: 20 };

const color = (name, otherwise) => `var(--vscode-${name}, ${otherwise})`;
const TEXT = color('foreground', '#616161');
const FAINT = color('descriptionForeground', '#717171');
const LINE = color('editorIndentGuide-activeBackground1', '#a0a0a0');
const SHARES = [
  color('charts-blue', '#1a85ff'),
  color('charts-green', '#388a34'),
  color('charts-purple', '#652d90'),
];
const WARNING = color('charts-red', '#e51400');

main(async () => {
  await mkdir(FOLDER, { recursive: true });
  for (const locale of ['en', 'ja']) {
    const texts = JSON.parse(await readFile(join(ROOT, 'l10n', locale, 'scripts.json'), 'utf8'));
    const say = (id, values = {}) =>
      texts[`walkthrough.${id}`].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    const manifest = JSON.parse(await readFile(join(ROOT, MANIFEST_TEXTS[locale]), 'utf8'));
    for (const [name, draw] of Object.entries(PICTURES)) {
      const title = manifest[`walkthrough.${name}.alt`];
      await writeFile(join(FOLDER, `${name}.${locale}.svg`), svg(title, draw(say)));
    }
  }
});

const PICTURES = {
  openSample: (say) => [0, 1, 2].flatMap((osid) => treeCard(say, osid)),
  map: (say) => [...axis(), ...columns(say, 0x38000000)],
  extend: (say) => [...axis(), ...columns(say, 0x68000000), ...overlap(say)],
  explain: (say) => [...axis(), ...columns(say, 0x38000000), ...watched(say), ...kernelTexts(say)],
  export: (say) => [
    sheet(say('before'), 0, [...axis(), ...columns(say, 0x38000000)]),
    sheet(say('after'), 1, [...axis(), ...columns(say, 0x68000000), ...overlap(say)]),
  ],
};

function svg(title, parts) {
  const { width, height } = SIZE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="var(--vscode-font-family, sans-serif)" font-size="13">`,
    `<title>${title}</title>`,
    '<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">',
    `<path d="M0 0V8" stroke="${WARNING}" stroke-width="3"/></pattern>`,
    '<pattern id="dots" width="8" height="8" patternUnits="userSpaceOnUse">',
    `<circle cx="4" cy="4" r="1.4" fill="${SHARES[0]}"/></pattern></defs>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/** Low addresses are at the top, as in the listing's figures. */
function y(address) {
  const { top, bottom } = SIZE;
  return top + ((address - WINDOW.start) / (WINDOW.end - WINDOW.start)) * (bottom - top);
}

const x = (osid) => SIZE.left + 8 + osid * (COLUMN.width + COLUMN.gap);

function axis() {
  const end = SIZE.left + 8 + 3 * COLUMN.width + 2 * COLUMN.gap;
  return EDGES.flatMap((address) => [
    `<path d="M${SIZE.left} ${y(address)}H${end}" stroke="${LINE}" stroke-dasharray="2 3"/>`,
    `<text x="${SIZE.left - 8}" y="${y(address) + 4}" fill="${TEXT}" text-anchor="end" font-family="var(--vscode-editor-font-family, monospace)">0x${address.toString(16)}</text>`,
  ]);
}

/** Region 3 of each node; that of node 0 ends at `end`. */
function columns(say, end) {
  return [0, 1, 2].flatMap((osid) => {
    const range = osid === 0 ? [EDGES[0], end] : [EDGES[osid], EDGES[osid + 1]];
    return [
      `<text x="${x(osid) + COLUMN.width / 2}" y="${SIZE.top - 16}" fill="${TEXT}" text-anchor="middle" font-weight="600">${say('node', { osid })}</text>`,
      block(
        osid,
        range,
        `fill="${SHARES[osid]}" fill-opacity="0.35" stroke="${SHARES[osid]}" stroke-width="2"`,
      ),
    ];
  });
}

function block(osid, [start, end], style) {
  const height = y(end) - y(start);
  return `<rect x="${x(osid)}" y="${y(start)}" width="${COLUMN.width}" height="${height}" rx="2" ${style}/>`;
}

/** Both nodes' columns are hatched where they share memory. */
function overlap(say) {
  const style = `fill="url(#hatch)" stroke="${WARNING}" stroke-width="2"`;
  return [
    block(0, [EDGES[1], EDGES[3]], style),
    block(1, [EDGES[1], EDGES[2]], style),
    block(2, [EDGES[2], EDGES[3]], style),
    caption(WARNING, say('overlap')),
  ];
}

function watched(say) {
  const style = `fill="url(#dots)" stroke="${SHARES[0]}" stroke-width="2" stroke-dasharray="6 4"`;
  return [block(0, [EDGES[1], EDGES[3]], style), caption(TEXT, say('watched'))];
}

function kernelTexts(say) {
  return KERNEL_TEXTS.flatMap(([osid, start]) => [
    block(osid, [start, start + 0x1800000], `fill="${SHARES[osid]}"`),
    `<text x="${x(osid) + COLUMN.width / 2}" y="${y(start) - 6}" fill="${TEXT}" text-anchor="middle" font-size="10">${say('kernel-text')}</text>`,
  ]);
}

function caption(fill, text) {
  const middle = x(1) + COLUMN.width / 2;
  return `<text x="${middle}" y="${SIZE.bottom + 28}" fill="${fill}" text-anchor="middle">${text}</text>`;
}

/** A source tree as a card: the node, its folder, and the two files that decide. */
function treeCard(say, osid) {
  const top = 24 + osid * 124;
  const mono = 'font-family="var(--vscode-editor-font-family, monospace)"';
  return [
    `<rect x="64" y="${top}" width="352" height="104" rx="6" fill="${SHARES[osid]}" fill-opacity="0.12" stroke="${SHARES[osid]}" stroke-width="2"/>`,
    `<text x="84" y="${top + 30}" fill="${TEXT}" font-weight="600" font-size="15">${say('node', { osid })}</text>`,
    `<text x="396" y="${top + 30}" fill="${FAINT}" text-anchor="end" ${mono}>kexec-mint-os${osid}/</text>`,
    `<text x="84" y="${top + 60}" fill="${TEXT}" ${mono}>kexec/firmware_memmap.c</text>`,
    `<text x="84" y="${top + 84}" fill="${TEXT}" ${mono}>kexec/mint.h</text>`,
  ];
}

/** A whole picture as one of two sheets side by side. */
function sheet(title, index, parts) {
  const scale = 0.48;
  const left = index * (SIZE.width / 2);
  return [
    `<text x="${left + SIZE.width / 4}" y="72" fill="${TEXT}" text-anchor="middle" font-size="15" font-weight="600">${title}</text>`,
    `<rect x="${left + 4}" y="84" width="${SIZE.width / 2 - 8}" height="${SIZE.height * scale + 16}" rx="4" fill="none" stroke="${LINE}"/>`,
    `<g transform="translate(${left + 4} 92) scale(${scale})">`,
    ...parts,
    '</g>',
  ].join('\n');
}
