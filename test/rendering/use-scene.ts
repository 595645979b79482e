/** Scenes for the tests of a `describe`. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openScene, type Scene } from '../../scripts/lib/editor/scene.mjs';

export function useScene(options: Parameters<typeof openScene>[0]): () => Scene {
  let scene: Scene | undefined;
  beforeAll(async () => {
    scene = await openScene(options);
  });
  tellWhatFailed(() => scene?.page);
  afterAll(() => scene?.close());
  return () => {
    if (!scene) throw new Error('There is no scene.');
    return scene;
  };
}

/** A report of a test run elsewhere has no picture: what was to be read in the window tells where a test stood. */
export function tellWhatFailed(page: () => Page | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const shown = await page()?.locator('body').innerText({ timeout: 10_000 });
    console.error(`${task.name}: the window read\n${shown}`);
  });
}
