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

/** Runs `action` with a page of a new browser, in the language `locale`. */
export async function withPage({ locale = 'en', width = 1400, height = 900 }, action) {
  const browser = await playwright.launch({ executablePath: chromium(), args: FLAGS });
  try {
    const page = await browser.newPage({ locale, viewport: { width, height }, colorScheme: 'light' });
    return await action(page);
  } finally {
    await browser.close();
  }
}
