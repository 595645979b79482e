/** Findings as commands of a GitHub workflow, which shows them beside the lines of a change. */
import { render } from '../../messages';
import { textRegion } from './places';
import type { Reporter } from './report';

const LEVELS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

export const githubReport: Reporter = (projects) =>
  projects
    .flatMap((wording) =>
      wording.findings.map(({ severity, place, rule, message }) => {
        const { startLine, startColumn, endLine, endColumn } = textRegion(place, wording);
        const properties = {
          file: wording.paths.of(place.file),
          line: startLine,
          endLine,
          col: startColumn,
          // Columns count on one line alone.
          ...(endLine === startLine ? { endColumn } : {}),
          title: rule,
        };
        const written = Object.entries(properties).map(([name, value]) => `${name}=${property(`${value}`)}`);
        const text = render(message, wording.locale, wording.paths.place);
        return `::${LEVELS[severity]} ${written.join(',')}::${data(text)}`;
      }),
    )
    .join('\n');

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
