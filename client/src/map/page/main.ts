/** The page of the map panel. It shows what the panel sends, and tells it what a person does. */
import type { MovedEnd, ToPage } from '../messages';
import { byId } from './dom';
import { Ends } from './ends';
import { Host } from './host';
import { find, regionAt } from './marks';
import { Offer } from './offer';
import { Picture } from './picture';
import { rasterize } from './raster';
import { Tables } from './tables';
import { Tools } from './tools';

const host = new Host();
const picture = new Picture(host);
const tools = new Tools(host, picture);
const tables = new Tables(host);
const ends = new Ends(host, picture, (trial) => tried(trial));
const offer = new Offer({
  apply: () => host.post({ type: 'apply' }),
  cancel: () => ends.giveUp(),
  answered: () => ends.focus(),
});
const live = byId('live');

host.onMessage((message) => receive(message));
picture.sheet.addEventListener('click', ({ target }) => reveal(target));
picture.sheet.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (reveal(event.target)) event.preventDefault();
});
watchWidth();
host.post({ type: 'ready', choice: host.kept.choice, width: picture.sheet.clientWidth });

function receive(message: ToPage): void {
  switch (message.type) {
    case 'picture':
      return show(message);
    case 'nothing':
      return showNothing();
    case 'chosen':
      return host.keep({ choice: message.choice });
    case 'lit':
      return picture.light(message.regions);
    case 'offer':
      return offer.ask(message.title);
    case 'settled':
      ends.settled();
      tried(undefined);
      offer.say(message.text, message.failed);
      live.textContent = message.text;
      return;
    case 'draw':
      void rasterize(message.svg).then((png) =>
        host.post({ type: 'drawn', id: message.id, ...(png ? { png } : {}) }),
      );
  }
}

function show({
  picture: made,
  compare,
  hasCommit,
  note,
  trial,
}: Extract<ToPage, { type: 'picture' }>): void {
  document.body.classList.remove('nothing');
  picture.show(made.svg);
  tables.show(made.tables);
  tools.show(made, compare, hasCommit);
  byId('summary').textContent = made.summary;
  const shownNote = byId('note');
  if (shownNote.textContent !== note) shownNote.textContent = note;
  shownNote.hidden = note === '';
  if (trial) tell(trial);
}

function showNothing(): void {
  document.body.classList.add('nothing');
  picture.clear();
  tables.show([]);
}

/** The picture says of each region what it is; read aloud, that is what the trial would make of it. */
function tell(trial: MovedEnd): void {
  const { svg } = picture;
  live.textContent = (svg && find(svg, 'region', trial)?.getAttribute('aria-label')) ?? '';
}

function tried(trial: MovedEnd | undefined): void {
  offer.hide();
  document.body.classList.toggle('trying', trial !== undefined);
  if (!trial) live.textContent = '';
}

function reveal(target: EventTarget | null): boolean {
  const region = regionAt(target);
  if (region) host.post({ type: 'reveal', region });
  return region !== undefined;
}

function watchWidth(): void {
  let known = picture.sheet.clientWidth;
  new ResizeObserver(() => {
    const width = picture.sheet.clientWidth;
    if (width === known || width === 0) return;
    known = width;
    host.post({ type: 'resized', width });
  }).observe(picture.sheet);
}
