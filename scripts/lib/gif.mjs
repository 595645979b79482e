/** Animations from screenshots. */
import { writeFile } from 'node:fs/promises';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';

const { applyPalette, GIFEncoder, quantize } = gifenc;
const COLOURS = 255;
const FORMAT = 'rgb565';

/**
 * Writes frames as a GIF that repeats for ever. All frames share one palette, and each holds only what differs from
 * the one before it, so that a screen on which little moves stays small.
 * @param {string} file
 * @param {readonly {png: Buffer, milliseconds: number}[]} frames of one size
 */
export async function writeGif(file, frames) {
  const images = frames.map(({ png, milliseconds }) => ({ ...PNG.sync.read(png), milliseconds }));
  const palette = quantize(Buffer.concat(images.map(({ data }) => data)), COLOURS, { format: FORMAT });
  const transparent = palette.length;
  const gif = GIFEncoder();
  let shown;
  for (const { data, width, height, milliseconds } of images) {
    const pixels = applyPalette(data, palette, FORMAT);
    const before = shown;
    const changed = before ? pixels.map((pixel, at) => (pixel === before[at] ? transparent : pixel)) : pixels;
    gif.writeFrame(changed, width, height, {
      palette: before ? undefined : [...palette, [0, 0, 0]],
      delay: milliseconds,
      transparent: before !== undefined,
      transparentIndex: transparent,
      dispose: 1,
    });
    shown = pixels;
  }
  gif.finish();
  await writeFile(file, gif.bytes());
}
