/** How each element of the view looks. Texts come from the server; icons and their colours are the product's. */
import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type {
  FindingItem,
  NodeItem,
  PlacedItem,
  ProjectItem,
  RegionItem,
} from '../../../server/src/protocol';
import { text } from '../texts';
import type { Element } from './elements';
import { GO_TO_SOURCE, placeOf } from './places';

type Severity = FindingItem['severity'];

/** Icons and colours of the Problems panel. */
const FINDING_ICONS: Readonly<Record<Severity, ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  information: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
  hint: new ThemeIcon('lightbulb'),
};

/** The findings that "Explain overlaps" explains. */
const ABOUT_OVERLAPS: ReadonlySet<string> = new Set(['node-overlap', 'allowed-overlap', 'known-failure']);

/** @param isFew whether all of it fits on a screen, so that nodes begin expanded */
export function treeItem(element: Element, isFew: boolean): TreeItem {
  const item = bare(element, isFew);
  item.id = element.id;
  item.contextValue = contextOf(element).join(' ');
  if (placeOf(element)) {
    item.command = { command: GO_TO_SOURCE, title: text('views.go-to-source'), arguments: [element] };
  }
  return item;
}

function bare(element: Element, isFew: boolean): TreeItem {
  switch (element.kind) {
    case 'project':
      return projectItem(element.item);
    case 'node':
      return nodeItem(element.item, isFew);
    case 'region':
      return regionItem(element.item);
    case 'kernel-text':
      return kernelTextItem(element.item);
    case 'finding':
      return findingItem(element.item);
  }
}

/** What the `when` clauses of the view's menus look for. */
function contextOf(element: Element): readonly string[] {
  switch (element.kind) {
    case 'node':
      return [
        'node',
        ...(element.item.regions.some(({ isShare }) => isShare) ? ['extendable'] : []),
        ...(element.item.dumps.length > 0 ? ['dumps'] : []),
      ];
    case 'region':
      return ['region', ...(element.item.range ? ['extendable'] : [])];
    case 'finding':
      return ['finding', ...(ABOUT_OVERLAPS.has(element.item.rule) ? ['overlap'] : [])];
    default:
      return [element.kind];
  }
}

function projectItem({ name, summary, window }: ProjectItem): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  item.description = summary;
  item.iconPath = new ThemeIcon('folder');
  item.tooltip = text('views.status.tooltip', { window: `${window.start}–${window.end}` });
  return item;
}

function nodeItem({ label, description, regions, findings }: NodeItem, isFew: boolean): TreeItem {
  const { Expanded, Collapsed } = TreeItemCollapsibleState;
  const item = new TreeItem(label, isFew ? Expanded : Collapsed);
  item.description = description;
  item.iconPath = new ThemeIcon('server', colorOf(findings));
  const tooltip = new MarkdownString().appendMarkdown(`**${escaped(label)}** `).appendText(description);
  for (const { name, description: range } of regions) {
    tooltip.appendMarkdown('\n- ').appendText(`${name}: ${range}`);
  }
  item.tooltip = tooltip;
  return item;
}

/** The colour of the worst that is found. */
function colorOf(findings: readonly FindingItem[]): ThemeColor | undefined {
  const worst = (['error', 'warning'] as const).find((each) =>
    findings.some(({ severity }) => severity === each),
  );
  return worst && FINDING_ICONS[worst].color;
}

function regionItem({ name, description, tooltip, range, kind, overlaps }: RegionItem): TreeItem {
  const item = new TreeItem(name);
  item.description = description;
  const icon = !range ? 'question' : kind === 'reserved' ? 'lock' : 'chip';
  item.iconPath = new ThemeIcon(icon, overlaps ? FINDING_ICONS.warning.color : undefined);
  item.tooltip = new MarkdownString(tooltip);
  return item;
}

function kernelTextItem({ description }: PlacedItem): TreeItem {
  const item = new TreeItem(text('views.kernel-text'));
  item.description = description;
  item.iconPath = new ThemeIcon('file-binary');
  item.tooltip = description;
  return item;
}

function findingItem({ message, severity, rule, location }: FindingItem): TreeItem {
  const item = new TreeItem(message);
  const file = Uri.parse(location.uri).path.split('/').at(-1);
  item.description = `${file}:${location.range.start.line + 1}`;
  item.iconPath = FINDING_ICONS[severity];
  item.tooltip = new MarkdownString().appendText(message).appendMarkdown(`\n\n\`${rule}\``);
  item.accessibilityInformation = { label: text(`views.severity.${severity}`, { message }) };
  return item;
}

function escaped(markdown: string): string {
  return new MarkdownString().appendText(markdown).value;
}
