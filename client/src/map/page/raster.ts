/** Draws an SVG as PNG. */

/** Pixels for each unit of the picture, where the canvas holds that many. */
const SCALE = 2;

/** No side longer and no more pixels than every browser's canvas takes. */
const LONGEST = 16_384;
const MOST_PIXELS = 100_000_000;

/** @returns base64, or undefined where the browser cannot draw it */
export async function rasterize(svg: string): Promise<string | undefined> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return base64Of(await pngOf(image));
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function pngOf(image: HTMLImageElement): Promise<Blob | null> {
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(SCALE, LONGEST / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

async function base64Of(blob: Blob | null): Promise<string | undefined> {
  if (!blob) return undefined;
  const reader = new FileReader();
  const read = new Promise((done) => reader.addEventListener('loadend', done, { once: true }));
  reader.readAsDataURL(blob);
  await read;
  return String(reader.result).replace(/^.*,/, '');
}
