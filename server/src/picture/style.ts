/** How a picture looks: one sheet of rules, with the colours of a theme or of paper. */
import { FONT, type Form } from './page';

interface Palette {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly ram: string;
  readonly ramEdge: string;
  readonly reserved: string;
  readonly overlap: string;
  readonly allowed: string;
  readonly kernelText: string;
  readonly window: string;
  readonly agrees: string;
  readonly differs: string;
  readonly moved: string;
  readonly focus: string;
  readonly lit: string;
  readonly sans: string;
  readonly mono: string;
}

/** The variables that a page of the editor has; in a high contrast theme `contrastBorder` is set and wins where edges are drawn. */
function variable(name: string, fallback: string): string {
  return `var(--vscode-${name}, ${fallback})`;
}

const EDITOR: Palette = {
  background: variable('editor-background', '#fff'),
  text: variable('editor-foreground', '#1f1f1f'),
  muted: variable('descriptionForeground', '#5f5f5f'),
  line: variable('contrastBorder', variable('editorRuler-foreground', '#b8b8b8')),
  ram: variable('charts-blue', '#1a85ff'),
  ramEdge: variable('contrastBorder', variable('charts-blue', '#1a85ff')),
  reserved: variable('charts-purple', '#652d90'),
  overlap: variable('charts-red', '#d1242f'),
  allowed: variable('charts-orange', '#d18616'),
  kernelText: variable('charts-foreground', '#3b3b3b'),
  window: variable('charts-yellow', '#bf8803'),
  agrees: variable('charts-green', '#388a34'),
  differs: variable('charts-red', '#d1242f'),
  moved: variable('editorWarning-foreground', '#895503'),
  focus: variable('contrastActiveBorder', variable('focusBorder', '#005fb8')),
  lit: variable('contrastActiveBorder', variable('focusBorder', '#005fb8')),
  sans: variable('font-family', 'sans-serif'),
  mono: variable('editor-font-family', 'monospace'),
};

/** Each differs from the others in lightness or pattern too, for printers and eyes without colours. */
const PRINT: Palette = {
  background: '#ffffff',
  text: '#111111',
  muted: '#4d4d4d',
  line: '#9a9a9a',
  ram: '#3b7dd8',
  ramEdge: '#1d4f91',
  reserved: '#5b3d8a',
  overlap: '#b3121d',
  allowed: '#8a5a00',
  kernelText: '#1f2a37',
  window: '#b98900',
  agrees: '#2f7d32',
  differs: '#b3121d',
  moved: '#7a1f00',
  focus: '#000000',
  lit: '#000000',
  sans: "'Noto Sans', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', sans-serif",
  mono: "'DejaVu Sans Mono', 'Noto Sans Mono', monospace",
};

/**
 * The style sheet of a picture. That of `editor` belongs into a page around the picture; that of `print` is part of the
 * picture already.
 */
export function pictureStyle(form: Form): string {
  const palette = form === 'editor' ? EDITOR : PRINT;
  const rules = [...shapes(palette), ...texts(palette), ...(form === 'editor' ? answers(palette) : [])];
  return rules.map(([selectors, declarations]) => `${scoped(selectors)} { ${declarations} }`).join('\n');
}

type RuleText = readonly [selectors: string, declarations: string];

function scoped(selectors: string): string {
  return selectors
    .split(', ')
    .map((selector) => `.memory-map ${selector}`)
    .join(', ');
}

function shapes(p: Palette): readonly RuleText[] {
  return [
    ['.paper, .ground', `fill: ${p.background}`],
    [
      '.window',
      `fill: ${p.window}; fill-opacity: 0.1; stroke: ${p.window}; stroke-opacity: 0.6; stroke-dasharray: 6 3`,
    ],
    ['.bracket', `fill: none; stroke: ${p.window}; stroke-width: 1.5`],
    ['.guide', `stroke: ${p.line}; stroke-opacity: 0.45; stroke-width: 0.75`],
    ['.axis', `stroke: ${p.text}; stroke-width: 1.25`],
    ['.leader', `fill: none; stroke: ${p.muted}; stroke-width: 0.75`],
    ['.leader.trial', `stroke: ${p.moved}; stroke-width: 1.25`],
    ['.cut-ground', `fill: none; stroke: ${p.background}; stroke-width: 7`],
    ['.cut', `fill: none; stroke: ${p.text}; stroke-width: 1.25`],
    ['.break', `fill: none; stroke: ${p.muted}; stroke-width: 1`],
    ['.void', `fill: ${p.background}; fill-opacity: 0.6; stroke: ${p.muted}; stroke-dasharray: 2 3`],
    ['.region .bar', `fill: ${p.ram}; fill-opacity: 0.22; stroke: ${p.ramEdge}; stroke-width: 1.25`],
    [
      '.region.reserved .bar',
      `fill: ${p.reserved}; fill-opacity: 0.08; stroke: ${p.reserved}; stroke-dasharray: 7 3`,
    ],
    ['.region.unknown .bar', `fill: none; stroke: ${p.muted}; stroke-dasharray: 2 2`],
    ['.region.trial .bar', `stroke: ${p.moved}; stroke-width: 2; stroke-dasharray: 5 3`],
    ['.reserved-line', `fill: none; stroke: ${p.reserved}; stroke-width: 1; stroke-opacity: 0.6`],
    ['.watch .area', `fill: ${p.background}; fill-opacity: 0`],
    ['.watch .stripe', `fill: ${p.reserved}; stroke: ${p.background}; stroke-width: 0.75`],
    ['.overlap .tint', `fill: ${p.overlap}; fill-opacity: 0.16; stroke: ${p.overlap}; stroke-width: 1.25`],
    [
      '.overlap.allowed .tint',
      `fill: ${p.allowed}; fill-opacity: 0.1; stroke: ${p.allowed}; stroke-dasharray: 3 2`,
    ],
    ['.trial .overlap .tint', 'stroke-dasharray: 5 3'],
    ['.overlap-line', `fill: none; stroke: ${p.overlap}; stroke-width: 1.4; stroke-opacity: 0.6`],
    ['.allowed-dot', `fill: ${p.allowed}; fill-opacity: 0.85`],
    ['.kernel-text .band', `fill: ${p.kernelText}; stroke: ${p.background}; stroke-width: 0.75`],
    ['.evidence .shown', `fill: ${p.muted}; fill-opacity: 0.5; stroke: ${p.muted}; stroke-width: 0.75`],
    ['.evidence.agrees .shown', `fill: ${p.agrees}; fill-opacity: 0.75; stroke: ${p.agrees}`],
    [
      '.evidence.differs .shown',
      `fill: ${p.background}; fill-opacity: 1; stroke: ${p.differs}; stroke-width: 1`,
    ],
    ['.evidence.missing .shown', 'stroke-dasharray: 2 2'],
    ['.differs-line', `fill: none; stroke: ${p.differs}; stroke-width: 1.25`],
    ['.sign-ground', `fill: none; stroke: ${p.background}; stroke-width: 5`],
    ['.sign', `fill: none; stroke: ${p.differs}; stroke-width: 1.5`],
    ['.was', `fill: none; stroke: ${p.moved}; stroke-width: 1.5; stroke-dasharray: 6 4`],
  ];
}

function texts(p: Palette): readonly RuleText[] {
  const halo = `paint-order: stroke; stroke: ${p.background}; stroke-width: 3px; stroke-linejoin: round`;
  return [
    ['text', `fill: ${p.text}; font-family: ${p.sans}; font-size: ${FONT.text}px; ${halo}`],
    ['.caption', `font-size: 15px; font-weight: bold`],
    ['.sheet-title', `font-size: ${FONT.heading}px; font-weight: bold`],
    ['.heading', `font-size: ${FONT.heading}px; font-weight: bold`],
    ['.role, .tree, .summary', `font-size: ${FONT.small}px; fill: ${p.muted}`],
    ['.name', 'font-weight: 600'],
    ['.range, .address', `font-family: ${p.mono}; font-size: ${FONT.address}px`],
    ['.address.minor', `fill: ${p.muted}`],
    ['.address.trial, .moved', `fill: ${p.moved}; font-weight: bold`],
    ['.moved, .note, .window-label', `font-size: ${FONT.small}px`],
  ];
}

/** What only a page has: focus, the light of the region at the cursor, and ends that can be taken hold of. */
function answers(p: Palette): readonly RuleText[] {
  return [
    ['.region, .end', 'outline: none'],
    ['.region[tabindex]', 'cursor: pointer'],
    ['.region[tabindex]:hover .bar', 'fill-opacity: 0.34'],
    ['.region.lit .bar', `fill-opacity: 0.42; stroke: ${p.lit}; stroke-width: 3`],
    ['.region:focus-visible .bar', `stroke: ${p.focus}; stroke-width: 3`],
    ['.end', 'cursor: ns-resize'],
    ['.hit', 'fill: transparent'],
    ['.grip', `fill: ${p.ramEdge}; stroke: ${p.background}; stroke-width: 1`],
    ['.end:hover .grip, .end:focus-visible .grip', `fill: ${p.focus}; stroke: ${p.focus}; stroke-width: 3`],
    ['.end:focus-visible .hit', `stroke: ${p.focus}; stroke-width: 1.5`],
  ];
}
