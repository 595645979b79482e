/**
 * Quick input: the box at the top of the window in which a person picks a command, a file, a theme or a line.
 *
 * It closes by itself when something else takes the focus, as a page does that has just finished loading. So each thing
 * here is asked for again until it is done, as a person would.
 */

/** How long one try may take, in milliseconds. */
const TRY_MS = 10_000;

const WIDGET = '.quick-input-widget';

/** The box, whatever is in it. */
export const quickInput = (page) => page.locator(WIDGET);

/** A row of the box that holds `text`. */
export const choice = (page, text) => page.locator(`${WIDGET} .monaco-list-row`, { hasText: text });

/** Opens the box by its keys and fills it in. */
export async function fillQuickInput(page, keys, typed) {
  await untilDone(page, () => openAndFill(page, keys, typed));
}

/** Opens the box by its keys, fills it in, and picks the first row that holds `text`. */
export async function pick(page, keys, typed, text) {
  await untilDone(page, async () => {
    await openAndFill(page, keys, typed);
    await choice(page, text).first().click({ timeout: TRY_MS });
  });
}

/** Opens the palette with what is typed; the rows that it then has. */
export async function palette(page, typed) {
  await fillQuickInput(page, ['F1'], `>${typed}`);
  return page.locator(`${WIDGET} .monaco-list-row`);
}

/** Runs a command of the palette, by the beginning of its title. */
export const runCommand = (page, title) => pick(page, ['F1'], `>${title}`, title);

/** Moves the cursor to a place in the file, given as in "Go to Line". */
export async function goTo(page, line, column) {
  await untilDone(page, async () => {
    await openAndFill(page, ['Control+g'], `:${line}:${column}`);
    await quickInput(page).locator('input').press('Enter', { timeout: TRY_MS });
    await quickInput(page).waitFor({ state: 'hidden', timeout: TRY_MS });
  });
}

async function openAndFill(page, keys, typed) {
  for (const key of keys) await page.keyboard.press(key);
  await quickInput(page).locator('input.input').fill(typed, { timeout: TRY_MS });
}

async function untilDone(page, attempt) {
  const end = Date.now() + 12 * TRY_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.keyboard.press('Escape');
    }
  }
}
