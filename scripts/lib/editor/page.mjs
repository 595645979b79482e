/** A browser on the embedded editor, for tests and pictures. */
import { chromium as playwright } from 'playwright-core';
import { chromium } from '../system-packages.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a busy machine may take for one thing to appear. */
const TIMEOUT_MS = 120_000;

/** A page of a new browser in the language `locale`, and what ends them. */
export async function openPage({ locale = 'en', width = 1400, height = 900 }) {
  const browser = await playwright.launch({ executablePath: chromium(), args: FLAGS });
  const page = await browser.newPage({ locale, viewport: { width, height }, colorScheme: 'light' });
  page.setDefaultTimeout(TIMEOUT_MS);
  return { page, close: () => browser.close() };
}
