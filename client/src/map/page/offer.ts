/** The bar that offers the edit of a moved end. */
import { byId, onClick } from './dom';

/** What the answers do. */
export interface Answers {
  apply(): void;
  cancel(): void;
  /** The keys that the bar took are to go back. */
  answered(): void;
}

/** How long it stays to be read that an edit was made; the same was said in the live region. */
const READING_MS = 10_000;

export class Offer {
  private readonly bar = byId('offer');
  private readonly text = byId('offer-text');
  private readonly apply = byId('apply');
  private readonly cancel = byId('cancel');

  private reading: number | undefined;

  constructor(private readonly answers: Answers) {
    onClick('apply', answers.apply);
    onClick('cancel', answers.cancel);
    this.bar.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') answers.cancel();
    });
  }

  /** Asks: the keys go to the answer. */
  ask(title: string): void {
    this.show(title, true);
    this.apply.focus();
  }

  /** Says what became of an edit, or why there is none. */
  say(text: string, failed: boolean): void {
    this.show(text, false);
    this.bar.classList.toggle('failed', failed);
    if (!failed) this.reading = window.setTimeout(() => this.hide(), READING_MS);
  }

  hide(): void {
    const hadFocus = this.bar.contains(document.activeElement);
    this.bar.hidden = true;
    if (hadFocus) this.answers.answered();
  }

  private show(text: string, isQuestion: boolean): void {
    window.clearTimeout(this.reading);
    this.text.textContent = text;
    this.apply.hidden = !isQuestion;
    this.cancel.hidden = !isQuestion;
    this.bar.classList.remove('failed');
    this.bar.hidden = false;
  }
}
