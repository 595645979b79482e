/** What every part of a picture needs to be drawn: its form, its language, its axis, and the sizes of letters. */
import type { Message } from '../messages';
import type { Axis } from './axis';

/** `editor`: for a page, which brings the style sheet and makes it answer; `print`: on its own. */
export type Form = 'editor' | 'print';

export interface Page {
  readonly form: Form;
  readonly axis: Axis;
  say(text: Message): string;
}

/** Sizes of letters in pixels, as the style sheet has them. */
export const FONT = { text: 12, address: 11, heading: 13, small: 11 } as const;
/** How much wider bold letters are. */
export const BOLD = 1.1;
/** From one line of text to the next. */
export const LINE = 15;
/** How wide the stripe beside watched memory is. */
export const STRIPE = 5;
/** How far below its line's top a text's base line lies. */
export const BASE = 12;
