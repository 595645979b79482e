/** The choices and buttons above the picture. */
import type { PictureResult } from '../../../../server/src/protocol';
import { COMPARISONS, type Comparison } from '../messages';
import { byId, element, onClick } from './dom';
import type { Host } from './host';
import type { Picture } from './picture';

export class Tools {
  private readonly project = byId<HTMLSelectElement>('project');
  private readonly compare = byId<HTMLSelectElement>('compare');

  constructor(
    private readonly host: Host,
    picture: Picture,
  ) {
    this.project.addEventListener('change', () => this.choose({ uri: this.project.value }));
    this.compare.addEventListener('change', () => {
      const compare = COMPARISONS.find((each) => each === this.compare.value);
      if (compare) this.choose({ compare });
    });
    onClick('zoom-out', () => picture.zoomBy(-1));
    onClick('zoom-in', () => picture.zoomBy(1));
    onClick('zoom-fit', () => picture.fit());
    onClick('copy', () => host.post({ type: 'copy' }));
    onClick('export', () => host.post({ type: 'export' }));
    onClick('sample', () => host.post({ type: 'help', with: 'sample' }));
    onClick('found', () => host.post({ type: 'help', with: 'found' }));
  }

  show({ uri, projects }: PictureResult, compare: Comparison, hasCommit: boolean): void {
    const options = projects.map((each) => element('option', { value: each.uri }, each.name));
    this.project.replaceChildren(...options);
    this.project.value = uri;
    byId('projects').hidden = projects.length < 2;
    for (const option of this.compare.options) option.disabled = option.value === 'commit' && !hasCommit;
    this.compare.value = compare;
  }

  private choose(change: { readonly uri: string } | { readonly compare: Comparison }): void {
    const choice = { ...this.host.kept.choice, ...change };
    this.host.keep({ choice });
    this.host.post({ type: 'choose', choice });
  }
}
