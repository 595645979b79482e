/** A call that cannot be followed. */
import { type Message, render } from '../../messages';

/** Thrown where words are read; its text says what is wrong and what is right. */
export class WrongCall extends Error {
  constructor(readonly text: Message) {
    super(render(text, 'en'));
  }
}
