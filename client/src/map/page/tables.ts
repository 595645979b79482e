/** The picture in words: on screen when a person wants it, and always there for a screen reader. */
import type { PictureTable } from '../../../../server/src/protocol';
import { byId, element, onClick } from './dom';
import type { Host } from './host';

export class Tables {
  private readonly section = byId('tables');
  private readonly toggle = byId('table');

  constructor(private readonly host: Host) {
    this.setVisible(host.kept.hasTable);
    onClick('table', () => this.setVisible(!host.kept.hasTable));
  }

  show(tables: readonly PictureTable[]): void {
    this.section.replaceChildren(...tables.map(tableElement));
  }

  private setVisible(hasTable: boolean): void {
    this.host.keep({ hasTable });
    this.section.classList.toggle('hidden', !hasTable);
    // The keys scroll what is on screen.
    this.section.tabIndex = hasTable ? 0 : -1;
    this.toggle.setAttribute('aria-pressed', String(hasTable));
  }
}

function tableElement({ title, head, rows, note }: PictureTable): HTMLElement {
  const headings = head.map((text) => element('th', { scope: 'col' }, text));
  return element(
    'table',
    {},
    element('caption', {}, title),
    element('thead', {}, element('tr', {}, ...headings)),
    element(
      'tbody',
      {},
      ...rows.map((row) => element('tr', {}, ...row.map((text) => element('td', {}, text)))),
    ),
    ...(note
      ? [element('tfoot', {}, element('tr', {}, element('td', { colspan: String(head.length) }, note)))]
      : []),
  );
}
