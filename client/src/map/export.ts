/** The map for a report: saved as a file, or copied as text. */
import { env, Uri, window, workspace } from 'vscode';
import { EXPORT_REQUEST, type ExportParams, type ExportResult } from '../../../server/src/protocol';
import type { ServerSession } from '../session';
import { text } from '../texts';
import { EXPORT_FORMATS, type ExportFormat } from './messages';

/** The state that is exported: the one that the panel shows. */
export type Subject = Omit<ExportParams, 'format'>;

const ENDINGS: Readonly<Record<ExportFormat, string>> = { svg: 'svg', png: 'png', markdown: 'md' };

export async function askFormat(): Promise<ExportFormat | undefined> {
  const items = EXPORT_FORMATS.map((format) => ({
    label: text(`map.format.${format}`),
    description: text(`map.format.${format}.use`),
    format,
  }));
  return (await window.showQuickPick(items, { title: text('map.export') }))?.format;
}

/** @param rasterize draws an SVG as PNG; undefined where that failed */
export async function exportMap(
  session: ServerSession,
  subject: Subject,
  format: ExportFormat,
  rasterize: (svg: string) => Promise<Uint8Array | undefined>,
): Promise<void> {
  const content = await contentOf(session, { ...subject, format: format === 'png' ? 'svg' : format });
  if (content === undefined) return;
  const bytes = format === 'png' ? await rasterize(content) : new TextEncoder().encode(content);
  if (!bytes) {
    await window.showErrorMessage(text('map.export.no-png'));
    return;
  }
  const target = await askTarget(format);
  if (!target) return;
  await workspace.fs.writeFile(target, bytes);
  window.setStatusBarMessage(text('map.export.saved', { file: workspace.asRelativePath(target) }), 5000);
}

export async function copyMap(session: ServerSession, subject: Subject): Promise<void> {
  const content = await contentOf(session, { ...subject, format: 'text' });
  if (content === undefined) return;
  await env.clipboard.writeText(content);
  window.setStatusBarMessage(text('map.copied'), 5000);
}

/** Undefined where there is no layout; then the person has been told. */
async function contentOf(session: ServerSession, params: ExportParams): Promise<string | undefined> {
  await session.start();
  const result = await session.connection?.sendRequest<ExportResult | null>(EXPORT_REQUEST, params);
  if (!result) await window.showInformationMessage(text('map.nothing'));
  return result?.text;
}

async function askTarget(format: ExportFormat): Promise<Uri | undefined> {
  const name = `memory-map.${ENDINGS[format]}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showSaveDialog({
    title: text('map.export'),
    filters: { [text(`map.format.${format}`)]: [ENDINGS[format]] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
}
