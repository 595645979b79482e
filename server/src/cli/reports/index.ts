/** The formats of findings. */
import { githubReport } from './github';
import { jsonReport } from './json';
import { junitReport } from './junit';
import type { Reporter } from './report';
import { sarifReport } from './sarif';
import { textReport } from './text';

export const FORMATS = ['text', 'json', 'sarif', 'junit', 'github'] as const;

export const REPORTERS: Readonly<Record<(typeof FORMATS)[number], Reporter>> = {
  text: textReport,
  json: (projects) => JSON.stringify(jsonReport(projects), undefined, 2),
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
};

/** Formats whose readers take paths from the folder that the program runs in, the top of a checkout. */
export const FROM_CURRENT_FOLDER: ReadonlySet<string> = new Set(['sarif', 'github']);
