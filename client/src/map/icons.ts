/** The glyphs of the panel's tools, 16 by 16, in the colour of the text. */

const glyph = (path: string) =>
  `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

const LENS = 'M11.5 7a4.5 4.5 0 1 1-9 0a4.5 4.5 0 1 1 9 0M10.3 10.3L14 14';

export const ICONS = {
  'zoom-in': glyph(`${LENS}M5 7h4M7 5v4`),
  'zoom-out': glyph(`${LENS}M5 7h4`),
  'zoom-fit': glyph('M2 5.5V2h3.5M10.5 2H14v3.5M14 10.5V14h-3.5M5.5 14H2v-3.5M5 5h6v6H5z'),
  table: glyph('M2 3h12v10H2zM2 6.3h12M2 9.7h12M6 3v10'),
  export: glyph('M8 9.5V2M5 5l3-3l3 3M3 8v6h10V8'),
  copy: glyph('M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3'),
} as const;

export type IconName = keyof typeof ICONS;
