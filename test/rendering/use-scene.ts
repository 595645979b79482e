/** A scene for the tests of a `describe`. */
import { afterAll, beforeAll } from 'vitest';
import { openScene, type Scene } from '../../scripts/lib/editor/scene.mjs';

export function useScene(options: Parameters<typeof openScene>[0]): () => Scene {
  let scene: Scene | undefined;
  beforeAll(async () => {
    scene = await openScene(options);
  });
  afterAll(() => scene?.close());
  return () => {
    if (!scene) throw new Error('There is no scene.');
    return scene;
  };
}
